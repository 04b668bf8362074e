/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Lets bytes pass but for the last ones, whichever those turn out to be. */
final class HeldBack {

  private final int limit;
  private byte[] held = new byte[0];

  /** Creates one that keeps as many bytes. */
  HeldBack(int limit) {
    this.limit = limit;
  }

  /** Takes all bytes of a buffer and returns those that come before the last ones. */
  ByteBuf pass(ByteBuffer bytes) {
    int count = Math.max(0, held.length + bytes.remaining() - limit);
    byte[] passed = Arrays.copyOf(held, count);
    int ofHeld = Math.min(count, held.length);
    bytes.get(passed, ofHeld, count - ofHeld);
    int kept = held.length - ofHeld;
    byte[] last = Arrays.copyOfRange(held, ofHeld, ofHeld + kept + bytes.remaining());
    bytes.get(last, kept, bytes.remaining());
    held = last;
    return Unpooled.wrappedBuffer(passed);
  }

  /** Returns the last ones. */
  ByteBuf rest() {
    return Unpooled.wrappedBuffer(held);
  }
}
