/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.buildkit.api.StatusProto;
import dev.buildkit.client.error.ErrorCode;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a failed call ended with.
 *
 * @param code the gRPC code
 * @param text what the daemon or the transport says; may be empty
 * @param details what the daemon attached
 */
record Outcome(Status.Code code, String text, List<Any> details) {
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
  /** The second form is that of daemons before 0.10. */
  private static final Pattern EXIT_CODE = Pattern.compile(
      "(?:process \".*\" did not complete successfully|executor failed running \\[.*])"
          + ": exit code: (\\d{1,9})$",
      Pattern.DOTALL);

  static Outcome of(StatusProto.Status status) {
    return new Outcome(
        Status.fromCodeValue(status.getCode()).getCode(),
        status.getMessage(),
        status.getDetailsList());
  }

  static Outcome of(Throwable failure) {
    Optional<Throwable> end = end(failure);
    Status status = end.map(Status::fromThrowable).orElseGet(() -> local(failure));
    List<Any> details = end.map(Outcome::details).orElse(List.of());
    return new Outcome(status.getCode(), text(status), details);
  }

  /** Returns whether a call ended so, as opposed to code of this side that failed. */
  static boolean isStatus(Throwable failure) {
    return end(failure).isPresent();
  }

  private static Optional<Throwable> end(Throwable failure) {
    return Causes.of(failure)
        .filter(c -> c instanceof StatusRuntimeException || c instanceof StatusException)
        .findFirst();
  }

  private static String text(Status status) {
    Throwable cause = status.getCause();
    if (status.getCode() == Status.Code.UNAVAILABLE && cause != null) {
      return Causes.rootReason(cause); // The description is only "io exception".
    }
    String description = status.getDescription();
    return description == null ? "" : description;
  }

  private static Status local(Throwable failure) {
    if (Causes.first(failure, IOException.class).isPresent()) {
      return Status.UNAVAILABLE.withDescription(Causes.rootReason(failure));
    }
    boolean cancelled = Causes.of(failure)
        .anyMatch(c -> c instanceof CancellationException || c instanceof InterruptedException);
    return cancelled
        ? Status.CANCELLED
        : Status.INTERNAL.withDescription(Causes.rootReason(failure));
  }

  private static List<Any> details(Throwable end) {
    Metadata trailers = Status.trailersFromThrowable(end);
    byte[] bytes = trailers == null ? null : trailers.get(DETAILS);
    try {
      return bytes == null ? List.of() : StatusProto.Status.parseFrom(bytes).getDetailsList();
    } catch (InvalidProtocolBufferException e) {
      return List.of(); // Code and text came in headers of their own.
    }
  }

  ErrorCode errorCode() {
    return switch (code) {
      case UNKNOWN, ABORTED -> ErrorCode.FAILED;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE, ALREADY_EXISTS -> ErrorCode.INVALID;
      case NOT_FOUND -> ErrorCode.NOT_FOUND;
      case PERMISSION_DENIED, UNAUTHENTICATED -> ErrorCode.DENIED;
      case UNIMPLEMENTED -> ErrorCode.UNSUPPORTED;
      case UNAVAILABLE -> ErrorCode.UNAVAILABLE;
      case CANCELLED -> ErrorCode.CANCELLED;
      case DEADLINE_EXCEEDED -> ErrorCode.TIMED_OUT;
      case OK, INTERNAL, DATA_LOSS, RESOURCE_EXHAUSTED -> ErrorCode.INTERNAL;
    };
  }

  /** Returns the exit code that the text ends in, which is all that old daemons send. */
  OptionalInt exitCode() {
    Matcher exit = EXIT_CODE.matcher(text);
    return exit.find() ? OptionalInt.of(Integer.parseInt(exit.group(1))) : OptionalInt.empty();
  }

  /** Returns whether it tells where in a build something failed. */
  boolean isInBuild() {
    return DetailReader.tell(details) || exitCode().isPresent();
  }

  /** Returns whether the call was cut off before the daemon came to an end. */
  boolean isCutOff() {
    return switch (code) {
      case UNAVAILABLE, CANCELLED, DEADLINE_EXCEEDED -> true;
      default -> false;
    };
  }
}
