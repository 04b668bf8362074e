/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.client.internal.fsutil.Packet;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What one call of the daemon brings. Used by one thread at a time. */
interface Transfer {
  /** Returns how many messages may be on their way from the transport to the disk. */
  int window();

  /** Takes a message, which is valid until this returns. */
  void message(InputStream message) throws IOException;

  /** Returns the next packet to send, if there is one now. */
  Optional<Packet> poll();

  /** Returns whether all is said, although the daemon may say more. */
  boolean isFinished();

  /** Takes the end of the daemon's messages. */
  void end() throws IOException;

  /** Gives up what is open, because the call failed or was cancelled. */
  void cancel() throws IOException;

  /** Returns the packet that tells the daemon of a failure, if there is one beside the status. */
  Optional<Packet> failure(String message);
}
