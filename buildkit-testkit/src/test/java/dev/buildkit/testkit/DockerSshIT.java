/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Docker Engine behind a real SSH server, which finds {@code docker} where this machine has it. */
@IntegrationTest
class DockerSshIT {
  private final DockerEngine engine = DockerEngine.ofContainer();

  @TempDir
  private Path directory;

  @Test
  void filesGoAndComeBack() throws Exception {
    assumeTrue(engine.host().startsWith("unix://"), "docker behind ssh needs a socket");
    Path sent = Files.createDirectory(directory.resolve("sent"));
    Path file = TestTrees.randomFile(sent.resolve("file"), 5_000_000);
    Path received = directory.resolve("received");
    Path remoteBin = Files.createDirectory(directory.resolve("remote-bin"));
    String docker = Command.run("sh", "-c", "command -v " + DockerEngine.CLIENT)
        .orFail()
        .out()
        .strip();
    SendAndReceive.writeProgram(remoteBin.resolve("docker"), "exec " + docker + " \"$@\"");
    Path bin = Files.createDirectory(directory.resolve("bin"));
    try (Sshd sshd = Sshd.start(directory, remoteBin)) {
      SendAndReceive.writeProgram(
          bin.resolve("ssh"), "exec /usr/bin/ssh -F " + sshd.config() + " \"$@\"");
      String address = "docker://?host=ssh://127.0.0.1:" + sshd.port()
          + engine.host().substring("unix://".length());

      SendAndReceive.withPath(bin, address, sent, received).orFail();
    }
    assertThat(received.resolve("file")).hasSameBinaryContentAs(file);
  }
}
