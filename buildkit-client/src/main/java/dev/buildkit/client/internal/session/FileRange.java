/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import io.grpc.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A part of a file. */
final class FileRange implements ReadableByteChannel {
  private final FileChannel file;
  private long left;

  private FileRange(FileChannel file, long size) {
    this.file = file;
    this.left = size;
  }

  /**
   * Opens a part.
   *
   * @param offset less than 0 stands for 0
   * @param size 0, or more than there is, stands for the rest
   */
  static FileRange open(Path path, long offset, long size) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    long begin = Math.max(0, offset);
    long rest = file.size() - begin;
    if (rest < 0) {
      file.close();
      throw Status.OUT_OF_RANGE
          .withDescription("read at " + offset + ": the blob ends at " + (begin + rest))
          .asRuntimeException();
    }
    file.position(begin);
    return new FileRange(file, size <= 0 ? rest : Math.min(size, rest));
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (left == 0) {
      return -1;
    }
    int space = target.remaining();
    ByteBuffer part = target.slice().limit((int) Math.min(space, left));
    int size = file.read(part);
    if (size < 0) {
      throw new IOException("the file became shorter while it was read");
    }
    target.position(target.position() + size);
    left -= size;
    return size;
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
