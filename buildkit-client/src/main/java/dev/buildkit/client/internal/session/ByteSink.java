/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Map;

/** Where the bytes of one export go. One of {@link #commit} and {@link #discard} follows an open. */
public interface ByteSink {
  /** Opens the sink; the map holds what the daemon tells about the result. */
  WritableByteChannel open(Map<String, String> response) throws IOException;

  /** Returns whether a commit is a mere rename, to be put off until the others have succeeded. */
  default boolean commitsLast() {
    return false;
  }

  /** Makes the bytes visible. */
  void commit() throws IOException;

  /** Removes the bytes. */
  void discard();
}
