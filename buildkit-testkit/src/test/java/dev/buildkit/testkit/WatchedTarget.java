/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.export.ExportTarget;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A target of which a test knows when it has taken the last byte. */
final class WatchedTarget implements ExportTarget {
  private final ExportTarget target;
  private final CountDownLatch closed = new CountDownLatch(1);

  WatchedTarget(ExportTarget target) {
    this.target = target;
  }

  void awaitLastByte() throws InterruptedIOException {
    try {
      closed.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted before the last byte came");
    }
  }

  @Override
  public WritableByteChannel open(Map<String, String> response) throws IOException {
    WritableByteChannel channel = target.open(response);
    return new WritableByteChannel() {
      @Override
      public int write(ByteBuffer bytes) throws IOException {
        return channel.write(bytes);
      }

      @Override
      public boolean isOpen() {
        return channel.isOpen();
      }

      @Override
      public void close() throws IOException {
        channel.close();
        closed.countDown();
      }
    };
  }

  @Override
  public void commit() throws IOException {
    target.commit();
  }

  @Override
  public void discard() {
    target.discard();
  }

  @Override
  public String toString() {
    return target.toString();
  }
}
