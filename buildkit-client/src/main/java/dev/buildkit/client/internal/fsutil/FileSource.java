/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import dev.buildkit.client.file.FilePath;
import dev.buildkit.client.file.FileTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/** The content of the files asked for, one after the other, through one buffer. */
final class FileSource implements PacketSource {
  /** Larger chunks gain nothing, smaller ones cost the transport; every daemon takes it. */
  static final int CHUNK_BYTES = 256 * 1024;

  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

  private final FileTree tree;
  private final FileTable files;
  private final RequestQueue requests;
  private ByteBuffer chunk = NO_BYTES;
  private @Nullable OpenFile file;

  FileSource(FileTree tree, FileTable files, RequestQueue requests) {
    this.tree = tree;
    this.files = files;
    this.requests = requests;
  }

  private record OpenFile(int id, FilePath path, ReadableByteChannel channel) {}

  @Override
  public @Nullable Packet next(Runnable lane) throws IOException {
    OpenFile current = file;
    if (current != null) {
      return read(current);
    }
    int id = requests.takeOrIdle(lane);
    return id == RequestQueue.NONE ? null : open(id, files.path(id));
  }

  private Packet open(int id, FilePath path) throws IOException {
    if (path.equals(FileTable.NO_CONTENT)) {
      return new Packet.Data(id, NO_BYTES);
    }
    if (chunk.capacity() == 0) {
      chunk = ByteBuffer.allocate(CHUNK_BYTES);
    }
    try {
      OpenFile opened = new OpenFile(id, path, tree.open(path));
      file = opened;
      return read(opened);
    } catch (IOException e) {
      throw TreeReadException.of(path, e);
    }
  }

  /** Reads until the chunk is full or the file ends; a chunk without bytes is the end on the wire too. */
  private Packet read(OpenFile current) throws IOException {
    chunk.clear();
    try {
      int size = 0;
      while (size >= 0 && chunk.hasRemaining()) {
        size = current.channel.read(chunk);
      }
    } catch (IOException e) {
      throw TreeReadException.of(current.path, e);
    }
    chunk.flip();
    if (!chunk.hasRemaining()) {
      close();
    }
    return new Packet.Data(current.id, chunk);
  }

  @Override
  public void close() {
    OpenFile current = file;
    file = null;
    if (current == null) {
      return;
    }
    try {
      current.channel.close();
    } catch (IOException e) {
      // It was open for reading only, and all that was wanted has been read.
    }
  }
}
