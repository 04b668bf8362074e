/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the packets of one {@link Lane} come from; used by one thread at a time. */
interface PacketSource {
  /**
   * Returns the next packet, which is sent before this is called again, or null if there is none now.
   *
   * @param lane what to run when there may be one again
   */
  @Nullable
  Packet next(Runnable lane) throws IOException;

  /** Releases what it holds. */
  void close();
}
