/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The end of a text that comes in pieces, however long it gets. */
final class TextTail {

  private static final int MAX_BYTES = 4 << 10;

  private byte[] tail = new byte[0];

  void add(ByteBuf bytes) {
    int added = Math.min(bytes.readableBytes(), MAX_BYTES);
    int kept = Math.min(tail.length, MAX_BYTES - added);
    byte[] longer = Arrays.copyOfRange(tail, tail.length - kept, tail.length + added);
    bytes.getBytes(bytes.writerIndex() - added, longer, kept, added);
    tail = longer;
  }

  boolean isEmpty() {
    return tail.length == 0;
  }

  @Override
  public String toString() {
    return new String(tail, UTF_8).strip();
  }
}
