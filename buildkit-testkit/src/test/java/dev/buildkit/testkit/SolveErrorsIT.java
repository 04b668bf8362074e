/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.error.LineRange;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.file.MemoryFileTree;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.transport.Transport;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Source;
import dev.buildkit.llb.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures say what failed, where in which file, and what to do. */
@IntegrationTest
@Requires(Capability.ERROR_DETAILS)
class SolveErrorsIT {
  @TempDir
  private Path empty;

  @Test
  void aGraphNeedsItsLocalDirectories() {
    Definition definition = State.local("src").marshal();
    assertThatThrownBy(() -> SolveRequest.definition(definition).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "solve " + definition + ": it reads the local directory src, which is not given;"
                + " add localDir(\"src\", ...)");
  }

  @Test
  @Requires(Capability.BUILDKITD)
  void aFrontendNeedsItsLocalDirectories(BuildKitClient client) {
    SolveException failure = failure(
        client,
        SolveRequest.frontend("dockerfile.v0")
            .localDir(
                "dockerfile",
                MemoryFileTree.empty().addFile("Dockerfile", "FROM scratch\nCOPY . /\n")));
    assertThat(failure).hasMessageContaining("no access allowed to dir \"context\"");
    assertThat(failure.vertexName()).hasValue("[internal] load build context");
  }

  @Test
  void anUnknownFrontendIsNamed(BuildKitClient client) {
    assertThat(failure(client, SolveRequest.frontend("no.such.v0")))
        .hasMessage("failed to solve: invalid frontend: no.such.v0");
  }

  @Test
  void aMissingSocketIsNamedWithTheRemedy() {
    assertUnreachable(
        "unix:///nowhere/buildkitd.sock",
        "there is no such socket; start buildkitd, or set BUILDKIT_HOST to the address of a running one");
  }

  @Test
  void aPortWhereNobodyListensIsNamedWithTheRemedy() {
    assertUnreachable(
        "tcp://127.0.0.1:1",
        "connection refused; start buildkitd, or set BUILDKIT_HOST to the address of a running one");
  }

  @Test
  void bytesThatAreNoDefinitionAreRefusedAtOnce() {
    assertThatThrownBy(() -> Definition.parse("FROM scratch".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("parse definition: 12 bytes are no definition: ");
  }

  @Test
  void anOperationThatTheDaemonDoesNotKnowIsNamed(BuildKitClient client) {
    State odd = State.from(Source.of("nonsense://x"));
    assertThat(failure(client, SolveRequest.definition(odd.marshal())))
        .hasMessageContaining("unknown scheme nonsense")
        .extracting(SolveException::vertexName)
        .isEqualTo(Optional.of("nonsense://x"));
  }

  @Test
  void aMistakeInTheDockerfileIsShown(BuildKitClient client) {
    SolveException failure = failure(client, dockerfile("FROM scratch\nNONSENSE x\n"));
    assertThat(failure).hasMessage("""
            failed to solve: dockerfile parse error on line 2: unknown instruction: NONSENSE
            Dockerfile:2
            --------------------
               1 |     FROM scratch
               2 | >>> NONSENSE x
            --------------------""");
    assertThat(failure.code()).isEqualTo(ErrorCode.FAILED);
  }

  @Test
  void aFailingCommandIsShownWithItsOutput(BuildKitClient client) {
    SolveException failure =
        failure(client, dockerfile("FROM alpine\nRUN echo last words; exit 7\n"));
    assertThat(failure.exitCode()).hasValue(7);
    assertThat(failure.logTail()).containsExactly("last words");
    assertThat(failure.vertexName()).hasValue("[2/2] RUN echo last words; exit 7");
    assertThat(failure).hasMessage("""
            failed to solve: process "/bin/sh -c echo last words; exit 7" did not complete successfully: exit code: 7
            Dockerfile:2
            --------------------
               1 |     FROM alpine
               2 | >>> RUN echo last words; exit 7
            --------------------
            ------
             > [2/2] RUN echo last words; exit 7:
            last words
            ------""");
  }

  /** The daemon sends the whole Dockerfile in the trailers of the call, which many clients cut off. */
  @Test
  void aLongDockerfileDoesNotHideTheError(BuildKitClient client) {
    String dockerfile = "FROM scratch\n"
        + "# sixty-four bytes in each line, so that it gets long enough ......\n".repeat(256)
        + "COPY missing /\n";
    assertThat(dockerfile).hasSizeGreaterThan(16 * 1024);

    SolveException failure = failure(client, dockerfile(dockerfile));

    assertThat(failure).hasMessageContaining("\"/missing\": not found");
    assertThat(failure.sources()).singleElement().satisfies(source -> {
      assertThat(source.text()).isEqualTo(dockerfile);
      assertThat(source.ranges()).containsExactly(new LineRange(258, 258));
    });
  }

  @Test
  void aSecretThatNobodyHasIsNamed(BuildKitClient client) {
    String dockerfile = "FROM alpine\nRUN --mount=type=secret,id=token,required=true true\n";
    assertThat(failure(client, dockerfile(dockerfile)))
        .hasMessageContaining("secret token: not found");
  }

  @Test
  void aSolveThatTakesTooLongIsEnded(BuildKitClient client) {
    SolveRequest request = dockerfile("FROM alpine\nRUN sleep 60 # " + System.nanoTime() + "\n")
        .timeout(Duration.ofSeconds(1))
        .build();
    assertThatThrownBy(() -> client.solve(request))
        .isInstanceOfSatisfying(
            BuildKitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMED_OUT));
  }

  @Test
  void aClosedClientRefuses(BuildKitClient client) {
    client.close();
    assertThatThrownBy(() -> client.solve(dockerfile("FROM scratch\n").build()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("solve on " + client.address() + ": this client is closed");
  }

  private static void assertUnreachable(String address, String problem) {
    assertThatThrownBy(() -> Daemon.connect(Transport.parse(address)))
        .isInstanceOfSatisfying(
            BuildKitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
        .hasMessage("failed to reach the daemon: cannot connect to " + address + ": " + problem);
  }

  private SolveRequest.Builder dockerfile(String text) {
    return Builds.dockerfile(text, empty);
  }

  private static SolveException failure(BuildKitClient client, SolveRequest.Builder request) {
    return catchThrowableOfType(SolveException.class, () -> client.solve(request.build()));
  }
}
