/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs that run on one connection. */
final class Jobs implements AutoCloseable {
  /** More than what runs needs to clean up: several limits of 5 seconds in a row. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  private final Connection connection;
  private final Duration closeLimit;
  private final Object lock = new Object();
  private final Set<Job<?>> running = new HashSet<>();
  private boolean closed;

  Jobs(Connection connection) {
    this(connection, CLOSE_LIMIT);
  }

  Jobs(Connection connection, Duration closeLimit) {
    this.connection = connection;
    this.closeLimit = closeLimit;
  }

  /** Runs on the caller's thread, so that an interrupt reaches the job. */
  <T> T run(Job<T> job) throws InterruptedException {
    admit(job);
    try {
      return job.run();
    } finally {
      dismiss(job);
    }
  }

  /** Runs on a thread of the client; cancelling the future cancels the job. */
  <T> CompletableFuture<T> start(Job<T> job) {
    admit(job);
    CompletableFuture<T> future = new CompletableFuture<>();
    var unused = future.whenComplete((result, failure) -> {
      if (future.isCancelled()) {
        job.cancel();
      }
    });
    try {
      connection.executor().execute(() -> complete(future, job));
    } catch (RuntimeException | Error e) {
      dismiss(job);
      throw e;
    }
    return future;
  }

  private <T> void complete(CompletableFuture<T> future, Job<T> job) {
    T result;
    try {
      result = job.run();
    } catch (InterruptedException | RuntimeException | Error e) {
      dismiss(job);
      future.completeExceptionally(e);
      return;
    }
    // First, because what is chained to the future may take its time, or close the client in
    // another thread.
    dismiss(job);
    future.complete(result);
  }

  private void admit(Job<?> job) {
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException(
            job + " on " + connection.address() + ": this client is closed");
      }
      running.add(job);
    }
  }

  private void dismiss(Job<?> job) {
    synchronized (lock) {
      running.remove(job);
      lock.notifyAll();
    }
  }

  /**
   * Cancels what runs and returns when all of it has cleaned up; what still has not after a while, because code of users blocks, is
   * left alone. An interrupt does not cut this short; it stays set.
   */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      List.copyOf(running).forEach(Job::cancel);
      if (awaitNone()) {
        Thread.currentThread().interrupt();
      }
      if (!running.isEmpty()) {
        LOG.warn(
            "closed the client of {}, but something blocks: {}", connection.address(), running);
      }
    }
  }

  /** Returns whether it was interrupted. Leaving then would leave threads and temporary files behind. */
  @GuardedBy("lock")
  private boolean awaitNone() {
    long deadline = System.nanoTime() + closeLimit.toNanos();
    boolean interrupted = false;
    long left = closeLimit.toNanos();
    while (!running.isEmpty() && left > 0) {
      try {
        TimeUnit.NANOSECONDS.timedWait(lock, left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      left = deadline - System.nanoTime();
    }
    return interrupted;
  }
}
