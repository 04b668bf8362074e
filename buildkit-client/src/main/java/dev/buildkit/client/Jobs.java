/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The jobs that run on one connection. */
final class Jobs implements AutoCloseable {
  private final Connection connection;
  private final Object lock = new Object();
  private final Set<Job<?>> running = new HashSet<>();
  private boolean closed;

  Jobs(Connection connection) {
    this.connection = connection;
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
    connection.executor().execute(() -> complete(future, job));
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

  /** Cancels what runs and returns when all of it has cleaned up. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      List.copyOf(running).forEach(Job::cancel);
      boolean interrupted = false;
      while (!running.isEmpty()) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          // Leaving now would leave threads and temporary files behind: the clean-up is bounded, so
          // finish it.
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
