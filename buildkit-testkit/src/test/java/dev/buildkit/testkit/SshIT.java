/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon behind a real SSH server. */
@IntegrationTest
class SshIT {
  private final String buildctl = System.getProperty("buildkit.buildctl", "");
  private final String daemon = Buildctl.ofSharedDaemon().address();

  @TempDir
  private Path directory;

  @Test
  void filesGoAndComeBackAndRefusalsAreTold() throws Exception {
    assumeTrue(!buildctl.isEmpty(), "there is no buildctl for the other end");
    assumeTrue(daemon.startsWith("unix://"), "buildctl dial-stdio needs a socket");
    Path remoteBin = Files.createDirectory(directory.resolve("remote-bin"));
    SendAndReceive.writeProgram(remoteBin.resolve("buildctl"), "exec " + buildctl + " \"$@\"");
    Path sent = Files.createDirectory(directory.resolve("sent"));
    Path file = TestTrees.randomFile(sent.resolve("file"), 30_000_000);
    Path received = directory.resolve("received");
    try (Sshd sshd = Sshd.start(directory, remoteBin)) {
      // The real ssh, which only here reads another configuration than that of who runs this.
      Path bin = Files.createDirectory(directory.resolve("bin"));
      SendAndReceive.writeProgram(
          bin.resolve("ssh"), "exec /usr/bin/ssh -F " + sshd.config() + " \"$@\"");
      String address = "ssh://127.0.0.1:" + sshd.port() + daemon.substring("unix://".length());

      SendAndReceive.withPath(bin, address, sent, received).orFail();
      assertThat(received.resolve("file")).hasSameBinaryContentAs(file);

      Files.write(sshd.config(), List.of("IdentityFile none", "BatchMode yes"));
      assertThat(SendAndReceive.withPath(bin, address, sent, received).err())
          .contains("cannot connect to " + address + ": the command ended with exit code 255: ")
          .contains("Host key verification failed.; run it in a terminal to see what it needs:"
              + " ssh -p " + sshd.port() + " -- 127.0.0.1 buildctl --addr " + daemon
              + " dial-stdio");
    }
  }
}
