/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Map;

/**
 * Receives the bytes of one tar, oci or docker export.
 *
 * <p>Each solve that reaches the export calls {@link #open} once and then, when {@code open} returned,
 * exactly one of {@link #commit} and {@link #discard}. All calls of one solve come one after the
 * other, from threads of the client that may block; a target that is slow slows the daemon down and
 * nothing else. A target that is used by two solves at the same time gets the calls of both.
 *
 * <p>Whoever needs no more than a channel writes a lambda:
 *
 * <pre>{@code
 * Exporter.oci(response -> Channels.newChannel(store.upload(response.get("containerimage.digest"))));
 * }</pre>
 */
@FunctionalInterface
public interface ExportTarget {
  /**
   * Returns the channel that takes the bytes; it is closed when the last byte is written, and closing
   * it may fail the solve.
   *
   * @param response what the daemon tells about the result before its first byte, such as {@code
   *     containerimage.digest} and {@code image.name}; keys are in lower case, and empty for tar
   * @throws IOException if the bytes cannot be taken, which fails the solve with this message after
   *     the text of this target; neither {@link #commit} nor {@link #discard} follows
   */
  WritableByteChannel open(Map<String, String> response) throws IOException;

  /**
   * Makes the bytes visible; called after the whole solve succeeded, not merely this export.
   *
   * @throws IOException if that is not possible, which fails the solve
   */
  default void commit() throws IOException {}

  /** Removes what was written; called after the solve failed or was cancelled. */
  default void discard() {}
}
