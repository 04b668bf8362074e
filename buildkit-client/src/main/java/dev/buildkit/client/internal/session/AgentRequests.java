/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Cuts the bytes that a process writes to its agent into requests. Not thread-safe. */
final class AgentRequests {
  private ByteBuffer unread = ByteBuffer.allocate(0);
  private boolean wanting = true;

  /** Takes what came next. */
  void add(ByteBuffer bytes) {
    unread = ByteBuffer.allocate(unread.remaining() + bytes.remaining())
        .put(unread)
        .put(bytes)
        .flip();
    wanting = false;
  }

  /**
   * Returns the next request without its length, or empty if it is not complete.
   *
   * @throws IOException if it can be none
   */
  Optional<byte[]> next() throws IOException {
    if (unread.remaining() < Integer.BYTES) {
      return Optional.empty();
    }
    int length = AgentMessages.requireLength(unread.getInt(unread.position()));
    if (unread.remaining() < Integer.BYTES + length) {
      return Optional.empty();
    }
    byte[] request = new byte[length];
    unread.position(unread.position() + Integer.BYTES).get(request);
    return Optional.of(request);
  }

  /** Returns whether to ask for bytes, which is done once after those that came last; a call begins with having asked. */
  boolean wantsBytes() {
    boolean first = !wanting;
    wanting = true;
    return first;
  }
}
