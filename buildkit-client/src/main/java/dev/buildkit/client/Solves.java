/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The solves that run on one connection. */
final class Solves implements AutoCloseable {
  private final Connection connection;
  private final Duration sessionHealthTimeout;
  private final Object lock = new Object();
  private final Set<Solve> running = new HashSet<>();
  private boolean closed;

  Solves(Connection connection, Duration sessionHealthTimeout) {
    this.connection = connection;
    this.sessionHealthTimeout = sessionHealthTimeout;
  }

  /** Runs on the caller's thread, so that an interrupt reaches the solve. */
  SolveResult run(SolveRequest request) throws InterruptedException {
    Solve solve = admit(request);
    try {
      return solve.run();
    } finally {
      dismiss(solve);
    }
  }

  CompletableFuture<SolveResult> start(SolveRequest request) {
    Solve solve = admit(request);
    CompletableFuture<SolveResult> future = new CompletableFuture<>();
    var unused = future.whenComplete((result, failure) -> {
      if (future.isCancelled()) {
        solve.cancel();
      }
    });
    connection.executor().execute(() -> complete(future, solve));
    return future;
  }

  private void complete(CompletableFuture<SolveResult> future, Solve solve) {
    SolveResult result;
    try {
      result = solve.run();
    } catch (InterruptedException | RuntimeException | Error e) {
      dismiss(solve);
      future.completeExceptionally(e);
      return;
    }
    // First, because what is chained to the future may take its time, or close the client in
    // another thread.
    dismiss(solve);
    future.complete(result);
  }

  private Solve admit(SolveRequest request) {
    Solve solve = new Solve(connection, request, sessionHealthTimeout);
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException(
            "solve on " + connection.address() + ": this client is closed");
      }
      running.add(solve);
    }
    return solve;
  }

  private void dismiss(Solve solve) {
    synchronized (lock) {
      running.remove(solve);
      lock.notifyAll();
    }
  }

  /** Cancels what runs and returns when all of it has cleaned up. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      List.copyOf(running).forEach(Solve::cancel);
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
