/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The absence of the program {@code flock}, or of a shell to run it. */
final class NoFlockException extends IOException {
  private static final long serialVersionUID = 1L;

  NoFlockException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
