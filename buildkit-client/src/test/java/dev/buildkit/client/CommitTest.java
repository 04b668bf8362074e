/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import io.grpc.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CommitTest {
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final Commit hanging = new Commit("d", this::hang);

  @AfterEach
  void endWorkers() throws Exception {
    workers.shutdownNow();
    assertThat(workers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void aFailureSaysWhatCouldNotBeDone() {
    Commit commit = new Commit("d", () -> {
      throw new IOException("export to x: no");
    });

    assertFails(
        () -> commit.run(workers, Optional.empty()),
        ErrorCode.FAILED,
        "solve on d: cannot put the result in place: export to x: no");
  }

  @Test
  void itIsGivenUpWhenTheTimeIsUp() throws Exception {
    assertFails(
        () -> hanging.run(workers, Optional.of(Deadline.after(1, TimeUnit.MILLISECONDS))),
        ErrorCode.TIMED_OUT,
        "solve on d: the time was up before the result was in place");
  }

  @Test
  void aCancelReachesTheTarget() throws Exception {
    workers.execute(() -> {
      awaitQuietly(begun);
      hanging.cancel();
    });

    assertFails(
        () -> hanging.run(workers, Optional.empty()),
        ErrorCode.CANCELLED,
        "solve on d: cancelled before the result was in place");
    interrupted.await();
  }

  @Test
  void whatIsCancelledBeforeDoesNotBegin() {
    hanging.cancel();

    assertFails(
        () -> hanging.run(workers, Optional.empty()),
        ErrorCode.CANCELLED,
        "solve on d: cancelled before the result was in place");
    assertThat(begun.getCount()).isEqualTo(1);
  }

  @Test
  void anInterruptReachesTheTarget() throws Exception {
    Thread caller = Thread.currentThread();
    workers.execute(() -> {
      awaitQuietly(begun);
      caller.interrupt();
    });

    assertThatThrownBy(() -> hanging.run(workers, Optional.empty()))
        .isInstanceOf(InterruptedException.class);
    assertThat(caller.isInterrupted()).isFalse();
    interrupted.await();
  }

  private static void assertFails(ThrowingCallable call, ErrorCode code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BuildKitException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessage(message);
  }

  private void hang() throws IOException {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw new InterruptedIOException();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
