/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A message in two parts, which are written to the transport without being joined. */
final class PacketStream extends InputStream implements Drainable, KnownLength {
  private final ByteBuffer head;
  private final ByteBuffer content;

  PacketStream(byte[] head, ByteBuffer content) {
    this.head = ByteBuffer.wrap(head);
    this.content = content.duplicate();
  }

  @Override
  public int drainTo(OutputStream target) throws IOException {
    return drain(head, target) + drain(content, target);
  }

  private static int drain(ByteBuffer source, OutputStream target) throws IOException {
    int size = source.remaining();
    target.write(source.array(), source.arrayOffset() + source.position(), size);
    source.position(source.limit());
    return size;
  }

  @Override
  public int available() {
    return head.remaining() + content.remaining();
  }

  @Override
  public int read() {
    if (head.hasRemaining()) {
      return Byte.toUnsignedInt(head.get());
    }
    return content.hasRemaining() ? Byte.toUnsignedInt(content.get()) : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    ByteBuffer source = head.hasRemaining() ? head : content;
    if (length == 0) {
      return 0;
    }
    if (!source.hasRemaining()) {
      return -1;
    }
    int size = Math.min(length, source.remaining());
    source.get(target, offset, size);
    return size;
  }
}
