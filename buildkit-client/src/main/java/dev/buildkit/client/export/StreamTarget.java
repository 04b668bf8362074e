/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Map;

/** Writes to a stream of the caller, who closes it. */
final class StreamTarget implements ExportTarget {
  private static final int COPY_BYTES = 64 * 1024;

  private final OutputStream stream;

  StreamTarget(OutputStream stream) {
    this.stream = requireNonNull(stream, "stream");
  }

  @Override
  public WritableByteChannel open(Map<String, String> response) {
    return new BorrowedStream();
  }

  @Override
  public String toString() {
    return "an output stream";
  }

  /** Ends with a flush in place of a close. */
  private final class BorrowedStream implements WritableByteChannel {
    private volatile boolean open = true;

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      int count = bytes.remaining();
      if (bytes.hasArray()) {
        stream.write(bytes.array(), bytes.arrayOffset() + bytes.position(), count);
        bytes.position(bytes.limit());
        return count;
      }
      byte[] copy = new byte[Math.min(count, COPY_BYTES)];
      while (bytes.hasRemaining()) {
        int length = Math.min(copy.length, bytes.remaining());
        bytes.get(copy, 0, length);
        stream.write(copy, 0, length);
      }
      return count;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() throws IOException {
      if (open) {
        open = false;
        stream.flush();
      }
    }
  }
}
