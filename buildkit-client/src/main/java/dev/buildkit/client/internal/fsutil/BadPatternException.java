/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A pattern that a daemon sent is not one. */
final class BadPatternException extends IOException {
  private static final long serialVersionUID = 1;

  private BadPatternException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static BadPatternException of(String pattern) {
    return of(pattern, null);
  }

  static BadPatternException of(String pattern, @Nullable Throwable cause) {
    return new BadPatternException(
        "syntax error in pattern: " + ByteStrings.toText(pattern), cause);
  }

  /** Returns this exception with what was attempted before its message. */
  BadPatternException in(String attempt) {
    return new BadPatternException(attempt + ": " + getMessage(), this);
  }

  static BadPatternException emptyException() {
    return new BadPatternException("illegal exclusion pattern: \"!\"", null);
  }
}
