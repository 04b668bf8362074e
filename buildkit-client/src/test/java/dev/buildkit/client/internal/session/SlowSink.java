/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Takes no byte until it is released. */
final class SlowSink implements ByteSink, WritableByteChannel {
  final List<String> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch writing = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicLong size = new AtomicLong();

  void release() {
    released.countDown();
  }

  boolean isWriting() {
    return writing.getCount() == 0;
  }

  long size() {
    return size.get();
  }

  @Override
  public WritableByteChannel open(Map<String, String> response) {
    return this;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    writing.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    int count = source.remaining();
    size.addAndGet(count);
    source.position(source.limit());
    return count;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}

  @Override
  public void commit() {}

  @Override
  public void discard() {
    events.add("discard");
  }
}
