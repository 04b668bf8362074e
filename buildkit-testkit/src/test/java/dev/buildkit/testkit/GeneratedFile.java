/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.file.FileEntry;
import dev.buildkit.client.file.FilePath;
import dev.buildkit.client.file.FileTree;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** A tree with one large file that is nowhere: its bytes are made when they are read. */
final class GeneratedFile implements FileTree {
  private static final FilePath NAME = FilePath.of("generated");
  private static final int CHUNK_BYTES = 1 << 16;

  /** Else a daemon would take the file for one that it has from an earlier run. */
  private final Instant modTime = Instant.now();

  private final long sizeBytes;
  private final LongConsumer watcher;
  private final AtomicLong bytesRead = new AtomicLong();
  private final AtomicInteger open = new AtomicInteger();

  private GeneratedFile(long sizeBytes, LongConsumer watcher) {
    this.sizeBytes = sizeBytes;
    this.watcher = watcher;
  }

  /**
   * Makes a file.
   *
   * @param watcher hears before each read how many bytes were read already, and may block it
   */
  static GeneratedFile of(long sizeBytes, LongConsumer watcher) {
    return new GeneratedFile(sizeBytes, watcher);
  }

  /** Returns how many bytes were read, by all readers together. */
  long bytesRead() {
    return bytesRead.get();
  }

  /** Returns how many readers have the file open. */
  int open() {
    return open.get();
  }

  @Override
  public List<FileEntry> list(FilePath directory) {
    return List.of(FileEntry.file(NAME, sizeBytes).modTime(modTime));
  }

  @Override
  public ReadableByteChannel open(FilePath file) {
    return new Content();
  }

  private final class Content implements ReadableByteChannel {
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private long left = sizeBytes;
    private boolean closed;

    Content() {
      open.incrementAndGet();
      new SplittableRandom(sizeBytes).nextBytes(chunk);
    }

    @Override
    public int read(ByteBuffer target) {
      watcher.accept(bytesRead.get());
      if (left == 0) {
        return -1;
      }
      int length = (int) Math.min(left, Math.min(chunk.length, target.remaining()));
      target.put(chunk, 0, length);
      left -= length;
      bytesRead.addAndGet(length);
      return length;
    }

    @Override
    public boolean isOpen() {
      return !closed;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        open.decrementAndGet();
      }
    }
  }
}
