/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;

/** What tests of the leak checks leave behind on purpose, to be removed after all. */
final class Leftovers {
  private final Deque<AutoCloseable> things = new ArrayDeque<>();

  void add(AutoCloseable thing) {
    things.push(thing);
  }

  /** Starts a thread that waits until the returned latch is counted down, or all leftovers go. */
  CountDownLatch thread(String name) {
    CountDownLatch end = new CountDownLatch(1);
    Thread thread = new Thread(() -> awaitEnd(end), name);
    thread.start();
    // Only then it has a stack to show.
    await().until(() -> thread.getState() == Thread.State.WAITING);
    add(() -> {
      end.countDown();
      thread.join();
    });
    return end;
  }

  void remove() throws Exception {
    while (!things.isEmpty()) {
      things.pop().close();
    }
  }

  private static void awaitEnd(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
