/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets calls of the daemon work on an export until its end is decided. */
final class Gate {
  private static final int ALL = Integer.MAX_VALUE;

  private final Semaphore places = new Semaphore(ALL);
  private volatile boolean open = true;

  boolean isOpen() {
    return open;
  }

  /** Returns whether the caller may work on the export, and has to {@link #leave} after. */
  boolean enter() {
    if (!places.tryAcquire()) {
      return false;
    }
    if (open) {
      return true;
    }
    places.release();
    return false;
  }

  void leave() {
    places.release();
  }

  /** Lets nobody in from now on. */
  void shut() {
    open = false;
  }

  /**
   * Waits until all have left a gate that is shut, and returns whether they did within the limit. An
   * interrupt does not cut this short; it stays set.
   */
  boolean awaitEmpty(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    while (true) {
      try {
        boolean empty = places.tryAcquire(ALL, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return empty;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
