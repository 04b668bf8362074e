/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Lets calls of the daemon work on an export until its end is decided. */
final class Gate {
  private static final int ALL = Integer.MAX_VALUE;

  private final Semaphore places = new Semaphore(ALL);
  private final AtomicReference<@Nullable Runnable> last = new AtomicReference<>();
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
    leave();
    return false;
  }

  void leave() {
    places.release();
    runLast();
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

  /**
   * Runs a task once when all have left a gate that is shut: now, or in the thread of the last who leaves. For those
   * who have waited in vain for an empty gate.
   */
  void whenEmpty(Runnable task) {
    last.set(task);
    runLast();
  }

  private void runLast() {
    if (last.get() == null || !places.tryAcquire(ALL)) {
      return;
    }
    Runnable task = last.getAndSet(null);
    if (task != null) {
      task.run();
    }
  }
}
