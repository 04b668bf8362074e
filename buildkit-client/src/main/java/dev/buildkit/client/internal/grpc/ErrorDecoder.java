/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.grpc;

import static java.util.Objects.requireNonNull;

import dev.buildkit.api.StatusProto;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.SolveException;
import java.util.Optional;

/**
 * Turns failed calls to one daemon into {@link BuildKitException}s. It never fails itself: details
 * that cannot be read are left out, and the plain error stays.
 *
 * <p>What a daemon does not send with an error, the name and the last output of the failed vertex,
 * the caller adds through {@link SolveException#toBuilder()}.
 */
public final class ErrorDecoder {
  private static final String SOLVE = "solve";

  private final String address;

  /** Creates a decoder of the errors of the daemon at an address, which messages name. */
  public ErrorDecoder(String address) {
    this.address = requireNonNull(address, "address");
  }

  /**
   * Returns what a failed solve throws: a {@link SolveException}, unless the daemon could not be
   * reached or the solve was given up. A {@code BuildKitException} among the causes is returned as
   * it is.
   */
  public BuildKitException decodeSolve(Throwable failure) {
    return decodeInBuild(failure, SOLVE);
  }

  /**
   * Returns what a failed part of a build throws: a {@link SolveException}, unless the daemon could
   * not be reached or the build was given up. A {@code BuildKitException} among the causes is
   * returned as it is.
   *
   * @param attempted what was attempted, as it follows "failed to", such as {@code read a file}
   */
  public BuildKitException decodeInBuild(Throwable failure, String attempted) {
    return decode(failure, attempted, Outcome.isStatus(failure));
  }

  /**
   * Returns what a failed call throws: a {@link SolveException} if the daemon tells where in a build
   * it failed, else a plain exception. A {@code BuildKitException} among the causes is returned as
   * it is.
   *
   * @param attempted what was attempted, as it follows "failed to", such as {@code list workers}
   */
  public BuildKitException decode(Throwable failure, String attempted) {
    return decode(failure, requireNonNull(attempted, "attempted"), false);
  }

  /**
   * Returns the failure that a status inside a message describes, such as the one of a history
   * record.
   *
   * @param attempted what was attempted, as it follows "failed to"
   */
  public static SolveException decode(StatusProto.Status status, String attempted) {
    return inBuild(Outcome.of(status), attempted).build();
  }

  private BuildKitException decode(Throwable failure, String attempted, boolean solve) {
    Optional<BuildKitException> decoded = Causes.first(failure, BuildKitException.class);
    if (decoded.isPresent()) {
      return decoded.get();
    }
    Outcome outcome = Outcome.of(failure);
    Optional<ConnectionTrouble> trouble = trouble(outcome, failure);
    if (trouble.isPresent()) {
      String text = trouble.get().describe(address, failure);
      return new BuildKitException(trouble.get().code(), summary(attempted, text), failure);
    }
    if (outcome.isInBuild() || (solve && !outcome.isCutOff())) {
      return inBuild(outcome, attempted).cause(failure).build();
    }
    return new BuildKitException(
        outcome.errorCode(), summary(attempted, describe(outcome)), failure);
  }

  private static Optional<ConnectionTrouble> trouble(Outcome outcome, Throwable failure) {
    return switch (outcome.code()) {
      case UNAVAILABLE, INTERNAL -> ConnectionTrouble.of(failure);
      default -> Optional.empty();
    };
  }

  private static SolveException.Builder inBuild(Outcome outcome, String attempted) {
    SolveException.Builder failure =
        SolveException.builder(outcome.errorCode(), summary(attempted, outcome.text()));
    outcome.exitCode().ifPresent(failure::exitCode);
    DetailReader reader = new DetailReader(failure);
    outcome.details().forEach(reader::read);
    return failure;
  }

  private String describe(Outcome outcome) {
    String text = outcome.text();
    String colon = text.isEmpty() ? "" : ": ";
    return switch (outcome.code()) {
      case UNAVAILABLE ->
        "the daemon at " + address + " is unavailable" + colon + text
            + "; try again when it is back";
      case DEADLINE_EXCEEDED -> "no answer in time from " + address + colon + text;
      case CANCELLED -> "cancelled" + colon + text;
      default -> text;
    };
  }

  private static String summary(String attempted, String text) {
    String failed = "failed to " + attempted;
    if (text.startsWith(failed)) {
      return text; // Old daemons begin so themselves.
    }
    return failed + ": " + (text.isEmpty() ? "no reason was given" : text);
  }
}
