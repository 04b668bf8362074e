/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.grpc.HasByteBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * The bytes of one message that has come in: a window on the receive buffers, which is good until {@code onMessage}
 * returns. They can be taken once.
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

  /** Returns the bytes as a stream, which ends after {@link #length()} bytes. */
  public InputStream stream() {
    return source;
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
      if (buffer == null || !buffer.hasRemaining()) {
        throw truncated();
      }
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
      if (size == 0) {
        throw truncated();
      }
      write(ByteBuffer.wrap(copy, 0, size), out);
      left -= size;
    }
  }

  private static void write(ByteBuffer buffer, WritableByteChannel out) throws IOException {
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  private IOException truncated() {
    return new IOException("read a message of " + length + " bytes: it ends early");
  }
}
