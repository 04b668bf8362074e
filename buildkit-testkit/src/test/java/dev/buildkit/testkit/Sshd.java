/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An SSH server on the loopback interface, with keys of its own for itself and for one client.
 *
 * @param config what a client reads with {@code ssh -F}
 */
record Sshd(Process process, int port, Path config) implements AutoCloseable {
  private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

  /** Starts a server whose sessions find programs in a directory. */
  static Sshd start(Path directory, Path bin) throws IOException {
    String program = System.getProperty("buildkit.sshd", "");
    assumeTrue(!program.isEmpty(), "there is no SSH server to start");
    Path hostKey = makeKey(directory.resolve("host"));
    Path clientKey = makeKey(directory.resolve("client"));
    int port = freePort();
    if (Files.isWritable(PRIVILEGE_SEPARATION.getParent())) {
      Files.createDirectories(PRIVILEGE_SEPARATION);
    }
    Path sshdConfig = Files.write(
        directory.resolve("sshd_config"),
        List.of(
            "ListenAddress 127.0.0.1:" + port,
            "HostKey " + hostKey,
            "AuthorizedKeysFile " + clientKey + ".pub",
            "PidFile none",
            "StrictModes no",
            "UsePAM no",
            "SetEnv PATH=" + bin + ":/usr/bin:/bin"));
    Path knownHosts = Files.writeString(
        directory.resolve("known_hosts"),
        "[127.0.0.1]:" + port + " " + Files.readString(Path.of(hostKey + ".pub")));
    Path config = Files.write(
        directory.resolve("ssh_config"),
        List.of(
            "UserKnownHostsFile " + knownHosts,
            "IdentityFile " + clientKey,
            "IdentitiesOnly yes",
            "BatchMode yes"));
    Process process = new ProcessBuilder(program, "-D", "-f", sshdConfig.toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("sshd.log").toFile())
        .start();
    Sshd sshd = new Sshd(process, port, config);
    await().until(sshd::answers);
    return sshd;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new AssertionError("sshd ended with exit code " + process.exitValue());
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static Path makeKey(Path file) {
    Command.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
        .orFail();
    return file;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
