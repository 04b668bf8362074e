/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // no interrupt ends a close
class JobsTest {
  @Test
  void aJobThatBlocksForEverDoesNotHoldUpTheCloseForEver() throws Exception {
    Stubborn job = new Stubborn();
    try (LoopbackDaemon daemon = new LoopbackDaemon(0);
        Connection connection = daemon.connect()) {
      Jobs jobs = new Jobs(connection, Duration.ofMillis(50));
      CompletableFuture<String> result = jobs.start(job);
      Thread.currentThread().interrupt();
      jobs.close();
      assertThat(Thread.interrupted()).as("an interrupt stays set").isTrue();
      assertThat(job.cancelled.getCount()).isZero();
      job.released.countDown();

      assertThat(result.get()).isEqualTo("done");
    }
  }

  @Test
  void aJobThatCannotBeginIsNotWaitedFor() throws Exception {
    try (LoopbackDaemon daemon = new LoopbackDaemon(0)) {
      Connection connection = daemon.connect();
      // Which is how an executor refuses; one that gets no thread of the system does it by an
      // error.
      connection.close();
      Jobs jobs = new Jobs(connection, Duration.ofDays(1));

      assertThatThrownBy(() -> jobs.start(new Stubborn()))
          .isInstanceOf(RejectedExecutionException.class);
      jobs.close();
    }
  }

  /** Does not heed a cancel. */
  private static final class Stubborn implements Job<String> {
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public String run() throws InterruptedException {
      released.await();
      return "done";
    }

    @Override
    public void cancel() {
      cancelled.countDown();
    }
  }
}
