/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;

/** A channel that reads a buffer. */
final class BufferChannel implements ReadableByteChannel {
  private final ByteBuffer source;
  private volatile boolean open = true;

  BufferChannel(ByteBuffer source) {
    this.source = source.duplicate();
  }

  @Override
  public int read(ByteBuffer target) throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
    if (!source.hasRemaining()) {
      return -1;
    }
    int size = Math.min(source.remaining(), target.remaining());
    target.put(source.slice().limit(size));
    source.position(source.position() + size);
    return size;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
