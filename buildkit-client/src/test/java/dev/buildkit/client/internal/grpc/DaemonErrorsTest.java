/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.grpc;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.api.StatusProto;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.error.ErrorDetail;
import dev.buildkit.client.error.SolveException;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Decodes what a real daemon sent: the {@code .bin} files are the bytes of the trailer {@code
 * grpc-status-details-bin} with which buildkitd v0.32.2 ended solves of {@code dockerfile.v0}.
 */
final class DaemonErrorsTest {
  @Test
  void failingCopyPointsAtItsLine() throws IOException {
    SolveException failure = solve("failing-copy.bin");

    assertThat(failure).hasMessage("""
            failed to solve: failed to compute cache key: failed to calculate checksum of ref \
            ze73qockdq37wwu7rmpubw1bu::ynjuvwmed7fubltj6en437dx0: "/missing.txt": not found
            Dockerfile:2
            --------------------
               1 |     FROM scratch
               2 | >>> COPY missing.txt /
            --------------------""");
    assertThat(failure.code()).isEqualTo(ErrorCode.FAILED);
    assertThat(failure.exitCode()).isEmpty();
    assertThat(failure.vertexDigest())
        .hasValue("sha256:b5be4f692a7ddf3ba08ef543a9cfacacc504b383fc6e4ff95c150875bafd40e8");
  }

  @Test
  void failingRunHasExitCodeAndOutput() throws IOException {
    SolveException failure = solve("failing-run.bin").toBuilder()
        .vertexName("[2/2] RUN echo hello; exit 3")
        .logTail(List.of("hello"))
        .build();

    assertThat(failure).hasMessage("""
            failed to solve: process "/bin/sh -c echo hello; exit 3" did not complete \
            successfully: exit code: 3
            Dockerfile:2
            --------------------
               1 |     FROM busybox
               2 | >>> RUN echo hello; exit 3
            --------------------
            ------
             > [2/2] RUN echo hello; exit 3:
            hello
            ------""");
    assertThat(failure.exitCode()).hasValue(3);
    assertThat(failure.details().stream().map(ErrorDetail::type).distinct())
        .containsExactly(
            "github.com/moby/buildkit/stack.Stack+json",
            "github.com/moby/buildkit/errdefs.Source+json",
            "github.com/moby/buildkit/errdefs.Vertex+json",
            "github.com/moby/buildkit/gatewayapi.ExitMessage+json");
  }

  @Test
  void largeDockerfilesComeWhole() throws IOException {
    SolveException failure = solve("large-dockerfile.bin");

    assertThat(failure).hasMessage("""
            failed to solve: process "/bin/sh -c exit 4" did not complete successfully: exit code: 4
            Dockerfile:213
            --------------------
             211 |     # line 211: the details of this error are larger than a header limit of 8 KiB
             212 |     # line 212: the details of this error are larger than a header limit of 8 KiB
             213 | >>> RUN exit 4
            --------------------""");
    assertThat(failure.sources().get(0).text()).isEqualTo(largeDockerfile()).hasSize(16_376);
  }

  private static String largeDockerfile() {
    return IntStream.rangeClosed(2, 212)
        .mapToObj(n ->
            "# line " + n + ": the details of this error are larger than a header limit of 8 KiB\n")
        .collect(joining("", "FROM busybox\n", "RUN exit 4\n"));
  }

  private static SolveException solve(String trailer) throws IOException {
    try (InputStream in = DaemonErrorsTest.class.getResourceAsStream(trailer)) {
      byte[] bytes = in.readAllBytes();
      Metadata trailers = new Metadata();
      trailers.put(
          Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER), bytes);
      // The text also comes as a header of its own, and is the same there.
      String text = StatusProto.Status.parseFrom(bytes).getMessage();
      Throwable failure = Status.UNKNOWN.withDescription(text).asRuntimeException(trailers);
      return (SolveException) new ErrorDecoder("unix:///b.sock").decodeSolve(failure);
    }
  }
}
