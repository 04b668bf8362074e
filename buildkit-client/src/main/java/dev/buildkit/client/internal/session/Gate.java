/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Lets calls of the daemon work on an export until its end is decided. */
final class Gate {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile boolean open = true;

  boolean isOpen() {
    return open;
  }

  /** Returns whether the caller may work on the export, and has to {@link #leave} after. */
  boolean enter() {
    lock.readLock().lock();
    if (open) {
      return true;
    }
    lock.readLock().unlock();
    return false;
  }

  void leave() {
    lock.readLock().unlock();
  }

  /** Lets nobody in from now on. */
  void shut() {
    open = false;
  }

  /**
   * Waits until all have left, and returns whether they did within the limit. An interrupt does not
   * cut this short; it stays set.
   */
  boolean awaitEmpty(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    while (true) {
      try {
        boolean empty =
            lock.writeLock().tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (empty) {
          lock.writeLock().unlock();
        }
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
