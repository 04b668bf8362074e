/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.transport.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections through child processes. The programs that are not here are played by {@code buildctl} under their names. */
@IntegrationTest
class CommandIT {
  private final String buildctl = System.getProperty("buildkit.buildctl", "");
  private final String daemon = Buildctl.ofSharedDaemon().address();

  @TempDir
  private Path directory;

  private Path sent = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void makeFile() throws Exception {
    assumeTrue(!buildctl.isEmpty(), "there is no buildctl");
    sent = Files.createDirectory(directory.resolve("sent"));
    file = TestTrees.randomFile(sent.resolve("file"), 30_000_000);
  }

  @Test
  void filesGoAndComeBack() throws Exception {
    Path received = directory.resolve("received");

    SendAndReceive.through(
        Transport.command(List.of(buildctl, "--addr", daemon, "dial-stdio")), sent, received);

    assertThat(received.resolve("file")).hasSameBinaryContentAs(file);
    await().until(() -> ProcessHandle.current().children().noneMatch(ProcessHandle::isAlive));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      podman-container://bk               | podman  | exec -i bk buildctl dial-stdio
      nerdctl-container://bk?namespace=n  | nerdctl | exec --namespace n -i bk buildctl dial-stdio
      kube-pod://bk?context=c&namespace=n | kubectl | --context=c --namespace=n exec --container= -i bk -- buildctl dial-stdio
      """)
  void addressesStandForPrograms(String address, String program, String arguments)
      throws Exception {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path seen = directory.resolve("seen");
    Path received = directory.resolve("received");
    SendAndReceive.writeProgram(
        bin.resolve(program),
        "echo \"$*\" > " + seen,
        "exec " + buildctl + " --addr " + daemon + " dial-stdio");

    SendAndReceive.withPath(bin, address, sent, received).orFail();

    assertThat(seen).hasContent(arguments);
    assertThat(received.resolve("file")).hasSameBinaryContentAs(file);
  }

  @Test
  void aFailedCommandIsTold() {
    String socket = "unix://" + directory.resolve("none.sock");
    List<String> command = List.of(buildctl, "--addr", socket, "dial-stdio");

    assertThat(failure(Transport.command(command)))
        .startsWith("failed to reach the daemon: cannot connect to " + String.join(" ", command)
            + ": the command ended with exit code 1: ")
        .contains("none.sock: connect: no such file or directory")
        .endsWith("; run it in a terminal to see what it needs: " + String.join(" ", command));
  }

  @Test
  void aMissingProgramIsNamed() {
    assertThat(failure(Transport.command(List.of("no-such-program"))))
        .isEqualTo("failed to reach the daemon: cannot connect to no-such-program:"
            + " no-such-program: not found on PATH; install it, or add its directory to PATH");
  }

  private static String failure(Transport transport) {
    BuildKitException failure = catchThrowableOfType(
        BuildKitException.class, () -> Daemon.connect(transport).close());
    assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    return String.valueOf(failure.getMessage());
  }
}
