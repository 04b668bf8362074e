/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import io.grpc.Deadline;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Puts the results of one solve in place, on a worker: a target may hang, such as an engine that does not answer, and then those
 * who wait for it can give it up.
 */
final class Commit {
  /** How long a target that is interrupted may take to clean up before it is left alone. */
  private static final long UNWIND_SECONDS = 5;

  private final String address;
  private final FutureTask<Boolean> task;
  private final CountDownLatch over = new CountDownLatch(1);

  Commit(String address, Action action) {
    this.address = address;
    this.task = new FutureTask<>(() -> {
      action.run();
      return true;
    });
  }

  /** Interrupts it, or keeps it from beginning; called by any thread at any time. */
  void cancel() {
    var unused = task.cancel(true);
  }

  /**
   * Runs it and waits for it.
   *
   * @throws BuildKitException if it failed, was cancelled, or was not done in time
   */
  void run(Executor workers, Optional<Deadline> deadline) throws InterruptedException {
    workers.execute(this::work);
    try {
      await(deadline);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw failure(
          ErrorCode.FAILED, "cannot put the result in place: " + cause.getMessage(), cause);
    } catch (TimeoutException e) {
      throw failure(ErrorCode.TIMED_OUT, "the time was up before the result was in place", e);
    } catch (CancellationException e) {
      throw failure(ErrorCode.CANCELLED, "cancelled before the result was in place", e);
    } finally {
      cancel();
      var unused = over.await(UNWIND_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void work() {
    try {
      task.run();
    } finally {
      over.countDown();
    }
  }

  private void await(Optional<Deadline> deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (deadline.isPresent()) {
      var unused =
          task.get(deadline.get().timeRemaining(TimeUnit.NANOSECONDS), TimeUnit.NANOSECONDS);
    } else {
      var unused = task.get();
    }
  }

  private BuildKitException failure(ErrorCode code, String text, Throwable cause) {
    return new BuildKitException(code, "solve on " + address + ": " + text, cause);
  }

  /** What may take long. */
  @FunctionalInterface
  interface Action {
    void run() throws IOException;
  }
}
