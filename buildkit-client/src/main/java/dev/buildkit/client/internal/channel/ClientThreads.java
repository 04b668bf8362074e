/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All threads of one client: one that moves the bytes of the connection, one that moves those of its session tunnels,
 * and as many workers as there are callbacks to run. They are daemon threads with names that begin with
 * {@code buildkit-}, and start when they are first needed.
 */
public final class ClientThreads implements AutoCloseable {

  private static final Duration IDLE_WORKER = Duration.ofSeconds(10);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final Set<Thread> alive = ConcurrentHashMap.newKeySet();
  // Single loops and not groups: a group would start Netty's global executor in order to say that
  // it has ended.
  private final EventLoop io =
      new SingleThreadIoEventLoop(null, factory("buildkit-io"), NioIoHandler.newFactory());
  private final EventLoop tunnels = new DefaultEventLoop(factory("buildkit-tunnel"));
  private final ExecutorService workers = new ThreadPoolExecutor(
      0,
      Integer.MAX_VALUE,
      IDLE_WORKER.toMillis(),
      TimeUnit.MILLISECONDS,
      new SynchronousQueue<>(),
      factory("buildkit-worker"));

  /** Returns the executor for whatever may block: callbacks of users, handlers of session services. */
  public Executor workers() {
    return workers;
  }

  /** Returns the loop that moves the bytes of sockets. */
  EventLoop io() {
    return io;
  }

  /** Returns the loop that moves the bytes of session tunnels. */
  EventLoop tunnels() {
    return tunnels;
  }

  /**
   * Ends all threads and returns when they are gone, or after 10 seconds if a worker cannot be interrupted. Channels
   * and tunnels are to be closed before. An interrupt does not cut this short; it stays set.
   *
   * @throws IllegalStateException if one of these threads calls it
   */
  @Override
  public void close() {
    if (alive.contains(Thread.currentThread())) {
      throw new IllegalStateException("close the client: its own thread "
          + Thread.currentThread().getName()
          + " cannot wait for itself; close it from another thread");
    }
    shutdown(tunnels);
    shutdown(io);
    workers.shutdownNow();
    joinAll();
  }

  private static void shutdown(EventLoop loop) {
    var unused = loop.shutdownGracefully(0, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void joinAll() {
    long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
    boolean interrupted = false;
    for (Thread thread : alive) {
      interrupted |= join(thread, deadline);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean join(Thread thread, long deadline) {
    boolean interrupted = false;
    while (true) {
      try {
        // At least a millisecond, because 0 means forever.
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        thread.join(Math.max(1, left));
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private ThreadFactory factory(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread =
          new FastThreadLocalThread(() -> runTracked(task), name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      alive.add(thread);
      return thread;
    };
  }

  private void runTracked(Runnable task) {
    try {
      task.run();
    } finally {
      alive.remove(Thread.currentThread());
    }
  }
}
