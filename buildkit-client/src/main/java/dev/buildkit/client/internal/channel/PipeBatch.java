/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of a channel's outbound buffer, as much as goes out in one message. It reads the buffers themselves and not
 * the NIO views that Netty keeps of them: those give wrong sums beyond 1,024 views, and stale bytes after a buffer was
 * written in part.
 */
final class PipeBatch implements OutgoingBytes {

  static final int MAX_BYTES = 256 << 10;

  private final List<ByteBuf> buffers = new ArrayList<>();
  private int length;

  /** Fills the batch with what has been flushed, up to the limit. The outbound buffer stays as it is. */
  void collect(ChannelOutboundBuffer out) throws Exception {
    out.forEachFlushedMessage(message -> add((ByteBuf) message));
  }

  /** Takes from the outbound buffer what was collected, and empties the batch. */
  void removeFrom(ChannelOutboundBuffer out) {
    int written = length;
    buffers.clear();
    length = 0;
    out.removeBytes(written);
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    int left = length;
    for (ByteBuf buffer : buffers) {
      int size = Math.min(left, buffer.readableBytes());
      buffer.getBytes(buffer.readerIndex(), out, size);
      left -= size;
    }
  }

  private boolean add(ByteBuf buffer) {
    buffers.add(buffer);
    length = (int) Math.min(MAX_BYTES, (long) length + buffer.readableBytes());
    return length < MAX_BYTES;
  }
}
