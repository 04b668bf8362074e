/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The exclusion of other threads of this JVM from the index of one layout, since locks of files belong to the whole JVM. */
record LayoutTurn(Path layout) implements AutoCloseable {
  private static final Set<Path> TAKEN = new HashSet<>();

  /**
   * Waits until no other thread has the layout.
   *
   * @param layout the real path
   * @throws InterruptedIOException if the thread is interrupted
   */
  static LayoutTurn take(Path layout) throws InterruptedIOException {
    synchronized (TAKEN) {
      try {
        while (!TAKEN.add(layout)) {
          TAKEN.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
    return new LayoutTurn(layout);
  }

  @Override
  public void close() {
    synchronized (TAKEN) {
      TAKEN.remove(layout);
      TAKEN.notifyAll();
    }
  }
}
