/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
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
 * All threads of one client: one that moves the bytes of its connection and of the sessions in it, and as many workers
 * as there are callbacks to run. They are daemon threads with names that begin with {@code buildkit-}, and start when
 * they are first needed.
 */
public final class ClientThreads implements AutoCloseable {
  private static final Duration IDLE_WORKER = Duration.ofSeconds(10);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final Crew ioThread = new Crew("buildkit-io");
  private final Crew workerThreads = new Crew("buildkit-worker");

  private final EventLoop io = Loops.create(ioThread);

  private final ExecutorService workers = new ThreadPoolExecutor(
      0,
      Integer.MAX_VALUE,
      IDLE_WORKER.toMillis(),
      TimeUnit.MILLISECONDS,
      new SynchronousQueue<>(),
      workerThreads);

  /** Returns the executor for whatever may block: callbacks of users, handlers of session services. */
  public Executor workers() {
    return workers;
  }

  /** Returns the loop that moves all bytes. Sessions share it with their connection: a hop between two costs more. */
  EventLoop io() {
    return io;
  }

  /**
   * Ends all threads and returns when they are gone; workers are interrupted, and left after 10 seconds if that does
   * not move them. Sessions and channels are to be closed before. An interrupt does not cut this short; it stays set.
   *
   * @throws IllegalStateException if one of these threads calls it
   */
  @Override
  public void close() {
    requireOtherThread();
    long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
    var unused = io.shutdownGracefully(0, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    boolean interrupted = ioThread.join(deadline);
    // Only now: what the loop does last may still need a worker.
    workers.shutdownNow();
    interrupted |= workerThreads.join(deadline);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Checks that the thread may close this.
   *
   * @throws IllegalStateException if it is one of these threads
   */
  public void requireOtherThread() {
    if (ioThread.isCurrent() || workerThreads.isCurrent()) {
      throw new IllegalStateException("close a client: its own thread "
          + Thread.currentThread().getName()
          + " cannot wait for itself; close it from another thread");
    }
  }

  /** Event loops of Netty 4.1 and 4.2. */
  private static final class Loops {
    private static final boolean HAS_LONE_LOOPS =
        isThere("io.netty.channel.SingleThreadIoEventLoop");

    static EventLoop create(ThreadFactory threads) {
      return HAS_LONE_LOOPS ? LoneLoop.create(threads) : createInGroup(threads);
    }

    /** Netty 4.1 has no other loops. A group that ends starts Netty's global executor, for a second, to report it. */
    @SuppressWarnings("deprecation") // In Netty 4.2, where it is not called.
    private static EventLoop createInGroup(ThreadFactory threads) {
      // By this type, because the subtype's next() returns another type in 4.2.
      EventLoopGroup group = new NioEventLoopGroup(1, threads);
      return group.next();
    }

    private static boolean isThere(String type) {
      try {
        Class.forName(type, false, EventLoop.class.getClassLoader());
        return true;
      } catch (ClassNotFoundException e) {
        return false;
      }
    }

    /** A loop without a group. It has its own class because Netty 4.1 cannot link it. */
    private static final class LoneLoop {
      static EventLoop create(ThreadFactory threads) {
        return new SingleThreadIoEventLoop(null, threads, NioIoHandler.newFactory());
      }
    }
  }

  /** Makes threads of one name, and knows those that are left. */
  private static final class Crew implements ThreadFactory {
    private final String name;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    Crew(String name) {
      this.name = name;
    }

    @Override
    public Thread newThread(Runnable task) {
      threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
      Thread thread = new FastThreadLocalThread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      threads.add(thread);
      return thread;
    }

    boolean isCurrent() {
      return threads.contains(Thread.currentThread());
    }

    /** Waits for the end of all, at most until the deadline. Returns whether it was interrupted meanwhile. */
    boolean join(long deadlineNanos) {
      boolean interrupted = false;
      for (Thread thread : threads) {
        interrupted |= join(thread, deadlineNanos);
      }
      return interrupted;
    }

    private static boolean join(Thread thread, long deadlineNanos) {
      boolean interrupted = false;
      while (true) {
        try {
          long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
          // At least a millisecond, because 0 means forever.
          thread.join(Math.max(1, left));
          return interrupted;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
  }
}
