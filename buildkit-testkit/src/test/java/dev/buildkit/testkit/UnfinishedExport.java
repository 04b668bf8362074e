/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.export.ExportTarget;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An export that takes all bytes and is never done with them. A solve that has it beside others
 * cannot end before it is given up, however fast the others are.
 */
final class UnfinishedExport implements ExportTarget {
  @Override
  public WritableByteChannel open(Map<String, String> response) {
    return new Unfinished();
  }

  private static final class Unfinished implements WritableByteChannel, InterruptibleChannel {
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch givenUp = new CountDownLatch(1);

    @Override
    public int write(ByteBuffer source) {
      int length = source.remaining();
      source.position(source.limit());
      return length;
    }

    /** Blocks, until it is called once more. */
    @Override
    public void close() throws IOException {
      if (!closing.compareAndSet(false, true)) {
        givenUp.countDown();
      }
      try {
        givenUp.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while it blocked");
      }
    }

    @Override
    public boolean isOpen() {
      return !closing.get();
    }
  }
}
