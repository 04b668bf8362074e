/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An SSH server on the loopback interface, with keys of its own for itself and for one client.
 *
 * @param config what a client reads with {@code ssh -F}
 */
record Sshd(Process process, int port, Path config) implements AutoCloseable {
  private static final String LOG = "sshd.log";

  /** The free port may be taken before the server has it. */
  private static final int ATTEMPTS = 3;

  private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

  /** Starts a server whose sessions find programs in a directory. */
  static Sshd start(Path directory, Path bin) throws IOException {
    String program = System.getProperty("buildkit.sshd", "");
    assumeTrue(!program.isEmpty(), "there is no SSH server to start");
    makeKey(directory.resolve("host"));
    makeKey(directory.resolve("client"));
    if (Files.isWritable(PRIVILEGE_SEPARATION.getParent())) {
      Files.createDirectories(PRIVILEGE_SEPARATION);
    }
    for (int attempt = 1; ; attempt++) {
      Sshd sshd = start(program, directory, bin, freePort());
      Path log = directory.resolve(LOG);
      await().until(() -> !sshd.process.isAlive() || listens(log));
      if (listens(log)) {
        return sshd;
      }
      if (attempt == ATTEMPTS) {
        throw new AssertionError("sshd ended: " + Files.readString(log));
      }
    }
  }

  private static Sshd start(String program, Path directory, Path bin, int port) throws IOException {
    Path hostKey = directory.resolve("host");
    Path clientKey = directory.resolve("client");
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
    Process process = new ProcessBuilder(program, "-D", "-e", "-f", sshdConfig.toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(LOG).toFile())
        .start();
    return new Sshd(process, port, config);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private static boolean listens(Path log) throws IOException {
    return Files.readString(log).contains("Server listening on ");
  }

  private static void makeKey(Path file) {
    Command.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
        .orFail();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
