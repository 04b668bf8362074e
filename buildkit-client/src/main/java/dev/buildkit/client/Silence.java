/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import java.util.function.LongSupplier;

/** Measures for how long nobody has spoken. Who speaks is not silent, however long that takes. Thread-safe for one speaker. */
final class Silence {
  private final LongSupplier nanoTime;
  private volatile long since;
  private volatile boolean speaking;

  Silence(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
  }

  /** Counts from now on. */
  void restart() {
    since = nanoTime.getAsLong();
  }

  void breakWith(Runnable speech) {
    speaking = true;
    try {
      speech.run();
    } finally {
      restart();
      speaking = false;
    }
  }

  /** Returns its length up to now in nanoseconds. */
  long nanos() {
    return speaking ? 0 : nanoTime.getAsLong() - since;
  }
}
