/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.buildkit.api.StatusProto;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.error.SolveException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ErrorDecoderTest {
  private static final ErrorDecoder DECODER = new ErrorDecoder("unix:///b.sock");
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN, FAILED",
    "ABORTED, FAILED",
    "INVALID_ARGUMENT, INVALID",
    "FAILED_PRECONDITION, INVALID",
    "OUT_OF_RANGE, INVALID",
    "ALREADY_EXISTS, INVALID",
    "NOT_FOUND, NOT_FOUND",
    "PERMISSION_DENIED, DENIED",
    "UNAUTHENTICATED, DENIED",
    "UNIMPLEMENTED, UNSUPPORTED",
    "UNAVAILABLE, UNAVAILABLE",
    "CANCELLED, CANCELLED",
    "DEADLINE_EXCEEDED, TIMED_OUT",
    "INTERNAL, INTERNAL",
    "DATA_LOSS, INTERNAL",
    "RESOURCE_EXHAUSTED, INTERNAL"
  })
  void codesFollowGrpc(Status.Code grpc, ErrorCode code) {
    assertThat(DECODER.decode(grpc.toStatus().asRuntimeException(), "prune").code())
        .isEqualTo(code);
  }

  @Test
  void callsSayWhatWasAttempted() {
    Throwable failure = Status.NOT_FOUND.withDescription("no such job x").asRuntimeException();

    assertThat(DECODER.decode(failure, "follow solve x"))
        .isExactlyInstanceOf(BuildKitException.class)
        .hasMessage("failed to follow solve x: no such job x")
        .hasCause(failure);
  }

  @Test
  void emptyReasonsAreReplaced() {
    assertThat(DECODER.decode(Status.INTERNAL.asRuntimeException(), "prune"))
        .hasMessage("failed to prune: no reason was given");
  }

  @Test
  void failedSolvesWithoutDetailsAreSolveExceptions() {
    Throwable failure = unknown("rpc failed");

    assertThat(DECODER.decodeSolve(failure))
        .isInstanceOf(SolveException.class)
        .hasMessage("failed to solve: rpc failed")
        .hasCause(failure);
  }

  @Test
  void textsOfOldDaemonsAreNotPrefixedTwice() {
    assertThat(DECODER.decodeSolve(unknown("failed to solve with frontend dockerfile.v0: x")))
        .hasMessage("failed to solve with frontend dockerfile.v0: x");
  }

  @Test
  void exitCodesAreReadFromTheTextOfOldDaemons() {
    String text = "executor failed running [/bin/sh -c x]:"
        + " process \"/bin/sh -c exit\n 5\" did not complete successfully: exit code: 137";

    assertThat(solve(unknown(text)).exitCode()).hasValue(137);
    assertThat(DECODER.decode(unknown(text), "evaluate")).isInstanceOf(SolveException.class);
    // As Docker Engine 20.10 has it.
    assertThat(solve(unknown("executor failed running [/bin/sh -c exit 7]: exit code: 7"))
            .exitCode())
        .hasValue(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exit code: 3",
        "process \"x\" did not complete successfully: exit code: 3: y",
        "process \"x\" did not complete successfully: exit code: 99999999999",
        "process \"x\" did not complete successfully: context canceled"
      })
  void otherTextsHaveNoExitCode(String text) {
    assertThat(solve(unknown(text)).exitCode()).isEmpty();
  }

  @Test
  void cancelledAndTimedOutSolvesAreTold() {
    assertThat(DECODER.decodeSolve(Status.CANCELLED.asRuntimeException()))
        .isExactlyInstanceOf(BuildKitException.class)
        .hasMessage("failed to solve: cancelled")
        .matches(failure -> failure.code() == ErrorCode.CANCELLED);
    assertThat(DECODER.decodeSolve(
            Status.CANCELLED.withDescription("context canceled").asRuntimeException()))
        .hasMessage("failed to solve: cancelled: context canceled");
    assertThat(DECODER.decodeSolve(Status.DEADLINE_EXCEEDED.asRuntimeException()))
        .isExactlyInstanceOf(BuildKitException.class)
        .hasMessage("failed to solve: no answer in time from unix:///b.sock")
        .matches(failure -> failure.code() == ErrorCode.TIMED_OUT);
  }

  @Test
  void failuresOfThisSideAreNotTheDaemons() {
    assertThat(DECODER.decodeSolve(new IllegalStateException("no such thing")))
        .isExactlyInstanceOf(BuildKitException.class)
        .hasMessage("failed to solve: no such thing")
        .matches(failure -> failure.code() == ErrorCode.INTERNAL);
    assertThat(DECODER.decodeSolve(new CancellationException()).code())
        .isEqualTo(ErrorCode.CANCELLED);
  }

  @Test
  void wrappersAreLookedThrough() {
    StatusException status = new StatusException(Status.NOT_FOUND.withDescription("x"));

    assertThat(DECODER.decode(new ExecutionException(status), "prune"))
        .hasMessage("failed to prune: x");
  }

  @Test
  void decodedFailuresStayAsTheyAre() {
    BuildKitException decoded = new BuildKitException(ErrorCode.INVALID, "x", null);

    assertThat(DECODER.decodeSolve(new ExecutionException(decoded))).isSameAs(decoded);
    assertThat(DECODER.decodeSolve(Status.CANCELLED.withCause(decoded).asRuntimeException()))
        .isSameAs(decoded);
  }

  @Test
  void causesThatLeadBackEnd() {
    IllegalStateException first = new IllegalStateException("first");
    first.initCause(new IllegalStateException("second", first));

    assertThat(DECODER.decode(first, "prune").code()).isEqualTo(ErrorCode.INTERNAL);
  }

  @Test
  void callStacksAloneMakeNoSolveException() {
    Throwable failure = withDetails(Any.newBuilder()
        .setTypeUrl("github.com/moby/buildkit/stack.Stack+json")
        .setValue(ByteString.copyFromUtf8("{}"))
        .build());

    assertThat(DECODER.decode(failure, "prune")).isExactlyInstanceOf(BuildKitException.class);
    assertThat(solve(failure).details()).hasSize(1);
  }

  @Test
  void otherDetailsMakeOne() {
    Throwable failure = withDetails(Any.newBuilder().setTypeUrl("x").build());

    assertThat(DECODER.decode(failure, "read /x")).isInstanceOf(SolveException.class);
  }

  @Test
  void statusesInMessagesAreDecoded() {
    StatusProto.Status status = StatusProto.Status.newBuilder()
        .setCode(Status.Code.INTERNAL.value())
        .setMessage("no space left on device")
        .build();

    SolveException failure = ErrorDecoder.decode(status, "solve");

    assertThat(failure).hasMessage("failed to solve: no space left on device").hasNoCause();
    assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
  }

  @Test
  void malformedTrailersLeaveThePlainError() {
    Metadata trailers = new Metadata();
    trailers.put(DETAILS, new byte[] {(byte) 0xff, 1, 2});

    SolveException failure =
        solve(Status.UNKNOWN.withDescription("x").asRuntimeException(trailers));

    assertThat(failure).hasMessage("failed to solve: x");
    assertThat(failure.details()).isEmpty();
  }

  @Property(tries = 500)
  void anyDetailIsSurvived(@ForAll byte[] bytes, @ForAll String type, @ForAll String json) {
    Metadata trailers = new Metadata();
    trailers.put(DETAILS, bytes);
    assertThat(solve(Status.UNKNOWN.asRuntimeException(trailers))).isNotNull();
    for (String prefix : List.of("github.com/moby/buildkit/errdefs.Source+json", type)) {
      Any detail = Any.newBuilder()
          .setTypeUrl(prefix)
          .setValue(ByteString.copyFromUtf8(json))
          .build();
      assertThat(solve(withDetails(detail)).details()).hasSize(1);
    }
  }

  private static SolveException solve(Throwable failure) {
    return (SolveException) DECODER.decodeSolve(failure);
  }

  private static Throwable unknown(String text) {
    return Status.UNKNOWN.withDescription(text).asRuntimeException();
  }

  private static Throwable withDetails(Any... details) {
    Metadata trailers = new Metadata();
    trailers.put(
        DETAILS,
        StatusProto.Status.newBuilder().addAllDetails(List.of(details)).build().toByteArray());
    return Status.UNKNOWN.asRuntimeException(trailers);
  }
}
