/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A marshaled message that is written straight to where gRPC frames it. Read as a stream, it makes a copy. */
final class BytesMessageStream extends InputStream implements Drainable, KnownLength {

  private final OutgoingBytes bytes;
  private boolean drained;
  private @Nullable InputStream copy;

  BytesMessageStream(OutgoingBytes bytes) {
    this.bytes = bytes;
  }

  @Override
  public int drainTo(OutputStream target) throws IOException {
    int size = available();
    if (copy != null) {
      return Math.toIntExact(copy.transferTo(target));
    }
    drained = true;
    BytesMessageHead.write(bytes.length(), target);
    bytes.writeTo(target);
    return size;
  }

  @Override
  public int available() throws IOException {
    if (copy != null) {
      return copy.available();
    }
    return drained ? 0 : BytesMessageHead.sizeOf(bytes.length()) + bytes.length();
  }

  @Override
  public int read() throws IOException {
    return copy().read();
  }

  @Override
  public int read(byte[] target, int offset, int size) throws IOException {
    return copy().read(target, offset, size);
  }

  private InputStream copy() throws IOException {
    InputStream current = copy;
    if (current == null) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(available());
      if (!drained) {
        drainTo(out);
      }
      current = new ByteArrayInputStream(out.toByteArray());
      copy = current;
    }
    return current;
  }
}
