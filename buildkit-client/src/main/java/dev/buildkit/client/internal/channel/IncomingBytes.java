/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.grpc.HasByteBuffer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * The bytes of one message that has come in: a window on the receive buffers, good until {@code onMessage} returns. They
 * can be taken once.
 */
public final class IncomingBytes {

  private static final int COPY_BYTES = 16 << 10;

  private final int length;
  private final InputStream source;

  IncomingBytes(int length, InputStream source) {
    this.length = length;
    this.source = source;
  }

  /** Returns the number of bytes. */
  public int length() {
    return length;
  }

  /** Copies all bytes to an array. */
  public void copyTo(byte[] target, int offset) throws IOException {
    requireBytes(source.readNBytes(target, offset, length) == length);
  }

  /** Writes all bytes to a channel, right from the receive buffers where these allow it. */
  public void writeTo(WritableByteChannel out) throws IOException {
    if (source instanceof HasByteBuffer buffers && buffers.byteBufferSupported()) {
      writeBuffers(buffers, out);
    } else {
      writeCopies(out);
    }
  }

  private void writeBuffers(HasByteBuffer buffers, WritableByteChannel out) throws IOException {
    int left = length;
    while (left > 0) {
      ByteBuffer buffer = buffers.getByteBuffer();
      requireBytes(buffer != null && buffer.hasRemaining());
      int size = buffer.remaining();
      write(buffer, out);
      source.skipNBytes(size);
      left -= size;
    }
  }

  private void writeCopies(WritableByteChannel out) throws IOException {
    byte[] copy = new byte[Math.min(length, COPY_BYTES)];
    int left = length;
    while (left > 0) {
      int size = source.readNBytes(copy, 0, Math.min(left, copy.length));
      requireBytes(size > 0);
      write(ByteBuffer.wrap(copy, 0, size), out);
      left -= size;
    }
  }

  private static void write(ByteBuffer buffer, WritableByteChannel out) throws IOException {
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  private void requireBytes(boolean there) throws EOFException {
    if (!there) {
      throw new EOFException("read a message of " + length + " bytes: it ends early");
    }
  }
}
