/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One end of a pair of pipes in memory. Its writes become the chunks that the other end receives. */
final class MemoryPipe implements BytePipe {
  /** What may wait for the reader before the writer has to. */
  static final int CAPACITY = 1 << 20;

  private static final int ALLOWANCE = 8;

  private final ReentrantLock lock;
  private final Queue<byte[]> arriving = new ArrayDeque<>();
  private final List<Integer> chunkSizes = new ArrayList<>();
  private long arrivingBytes;
  private int allowed = ALLOWANCE;
  private boolean stalled;
  private boolean writerWaits;
  private boolean ended;
  private boolean closed;
  private @Nullable Receiver receiver;
  private @Nullable MemoryPipe other;

  private MemoryPipe(ReentrantLock lock) {
    this.lock = lock;
  }

  /** Returns an end of a new pair. */
  static MemoryPipe create() {
    ReentrantLock lock = new ReentrantLock();
    MemoryPipe one = new MemoryPipe(lock);
    MemoryPipe two = new MemoryPipe(lock);
    one.other = two;
    two.other = one;
    return one;
  }

  MemoryPipe other() {
    if (other == null) {
      throw new AssertionError("a pipe has two ends");
    }
    return other;
  }

  /** Lets nothing arrive here any more, until it is called with false. */
  void stall(boolean stalled) {
    locked(() -> this.stalled = stalled);
    deliver();
  }

  /** Returns how many bytes wait to be received here. */
  long waitingBytes() {
    lock.lock();
    try {
      return arrivingBytes;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the sizes of all chunks that the other end has written. */
  List<Integer> chunkSizes() {
    lock.lock();
    try {
      return List.copyOf(chunkSizes);
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether the channel on this end has closed it. */
  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void start(Receiver receiver) {
    locked(() -> this.receiver = receiver);
    deliver();
  }

  @Override
  public boolean isWritable() {
    lock.lock();
    try {
      boolean writable = other().arrivingBytes < CAPACITY;
      writerWaits |= !writable;
      return writable;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(OutgoingBytes bytes) throws IOException {
    ByteArrayOutputStream copy = new ByteArrayOutputStream(bytes.length());
    bytes.writeTo(copy);
    if (copy.size() != bytes.length()) {
      throw new AssertionError(copy.size() + " bytes, but announced are " + bytes.length());
    }
    other().arrive(copy.toByteArray());
  }

  @Override
  public void request(int chunks) {
    locked(() -> allowed += chunks);
    deliver();
  }

  @Override
  public void close() {
    locked(() -> closed = true);
    other().end();
  }

  private void arrive(byte[] chunk) {
    locked(() -> {
      arriving.add(chunk);
      arrivingBytes += chunk.length;
      chunkSizes.add(chunk.length);
    });
    deliver();
  }

  private void end() {
    locked(() -> ended = true);
    deliver();
  }

  private void deliver() {
    lock.lock();
    try {
      Receiver reader = receiver;
      if (reader == null || stalled) {
        return;
      }
      while (allowed > 0 && !arriving.isEmpty()) {
        allowed--;
        byte[] chunk = arriving.remove();
        arrivingBytes -= chunk.length;
        if (!closed) {
          reader.received(new IncomingBytes(chunk.length, new ByteArrayInputStream(chunk)));
        } else {
          allowed++;
        }
      }
      if (ended && arriving.isEmpty()) {
        reader.ended();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
    other().wakeWriter();
  }

  private void wakeWriter() {
    Receiver waiting = null;
    lock.lock();
    try {
      if (writerWaits && other().arrivingBytes < CAPACITY) {
        writerWaits = false;
        waiting = receiver;
      }
    } finally {
      lock.unlock();
    }
    if (waiting != null) {
      waiting.writable();
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }
}
