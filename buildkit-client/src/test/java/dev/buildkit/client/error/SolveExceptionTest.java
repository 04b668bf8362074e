/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.Test;

final class SolveExceptionTest {
  private static final SourceLocation SECOND_LINE = new SourceLocation(
      "Dockerfile", "Dockerfile", "FROM alpine\nRUN make\n", List.of(new LineRange(2, 2)));

  @Test
  void messageReadsLikeBuildctl() {
    SolveException failure = SolveException.builder(
            ErrorCode.FAILED, "failed to solve: process \"make\" failed: exit code: 2")
        .addNote("in frontend docker/dockerfile:1")
        .addSource(SECOND_LINE)
        .vertexName("[2/2] RUN make")
        .logTail(List.of("make: *** No targets.", "make: Stop."))
        .build();

    assertThat(failure).hasMessage("""
            failed to solve: process "make" failed: exit code: 2
            in frontend docker/dockerfile:1
            Dockerfile:2
            --------------------
               1 |     FROM alpine
               2 | >>> RUN make
            --------------------
            ------
             > [2/2] RUN make:
            make: *** No targets.
            make: Stop.
            ------""");
  }

  @Test
  void messageIsOneLineWhenNothingElseIsKnown() {
    assertThat(SolveException.builder(ErrorCode.FAILED, "failed to solve: x").build())
        .hasMessage("failed to solve: x")
        .hasToString("dev.buildkit.client.error.SolveException: failed to solve: x")
        .hasNoCause();
  }

  @Test
  void outputOfAVertexWithoutANameIsShown() {
    assertThat(SolveException.builder(ErrorCode.FAILED, "failed to solve: x")
            .logTail(List.of("a"))
            .build())
        .hasMessage("failed to solve: x\n------\n > output:\na\n------");
  }

  @Test
  void whatIsNotKnownIsEmpty() {
    SolveException failure = SolveException.builder(ErrorCode.FAILED, "x").build();

    assertThat(failure.vertexDigest()).isEmpty();
    assertThat(failure.vertexName()).isEmpty();
    assertThat(failure.exitCode()).isEmpty();
    assertThat(failure.notes()).isEmpty();
    assertThat(failure.sources()).isEmpty();
    assertThat(failure.logTail()).isEmpty();
    assertThat(failure.details()).isEmpty();
  }

  @Test
  void copiesKeepEverything() {
    IOException cause = new IOException("x");
    ErrorDetail detail = ErrorDetail.of("t", new byte[] {1});
    SolveException failure = SolveException.builder(ErrorCode.INTERNAL, "failed to solve: x")
        .vertexDigest("sha256:aa")
        .vertexName("make")
        .exitCode(2)
        .addNote("note")
        .addSource(SECOND_LINE)
        .logTail(List.of("a"))
        .addDetail(detail)
        .cause(cause)
        .build();

    SolveException copy = failure.toBuilder().build();

    assertThat(copy).hasMessage(failure.getMessage()).hasCause(cause);
    assertThat(copy.code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(copy.summary()).isEqualTo("failed to solve: x");
    assertThat(copy.vertexDigest()).hasValue("sha256:aa");
    assertThat(copy.vertexName()).hasValue("make");
    assertThat(copy.exitCode()).hasValue(2);
    assertThat(copy.notes()).containsExactly("note");
    assertThat(copy.sources()).containsExactly(SECOND_LINE);
    assertThat(copy.logTail()).containsExactly("a");
    assertThat(copy.details()).containsExactly(detail);
  }

  @Test
  void copiesTakeANewLogTail() {
    SolveException failure =
        SolveException.builder(ErrorCode.FAILED, "x").logTail(List.of("a")).build();

    assertThat(failure.toBuilder().logTail(List.of("b")).build().logTail()).containsExactly("b");
    assertThat(failure.logTail()).containsExactly("a");
  }

  @Test
  void detailsAreValues() {
    EqualsVerifier.forClass(ErrorDetail.class)
        .withNonnullFields("type", "value")
        .verify();
  }

  @Test
  void detailsDoNotChange() {
    byte[] bytes = "{}".getBytes(UTF_8);
    ErrorDetail detail = ErrorDetail.of("x+json", bytes);
    bytes[0] = 0;
    detail.value()[1] = 0;

    assertThat(detail.text()).isEqualTo("{}");
    assertThat(detail).hasToString("x+json (2 bytes)");
  }
}
