/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.error;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A call to a daemon that failed.
 *
 * <p>The message says what was attempted, what went wrong and, where that is known, what to do. The
 * cause is what the transport reported; its type is not part of the API.
 */
public sealed class BuildKitException extends RuntimeException permits SolveException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /**
   * Creates a failure. The client makes these; the constructor is public for tests of code that
   * handles them.
   *
   * @param cause what the failure was made from, or null
   */
  public BuildKitException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(requireNonNull(message, "message"), cause);
    this.code = requireNonNull(code, "code");
  }

  /** Returns what kind of failure it is, and so what a caller can do. */
  public final ErrorCode code() {
    return code;
  }
}
