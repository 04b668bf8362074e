/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.progress.ProgressListener;
import dev.buildkit.client.progress.SolveStatus;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StatusFollowerTest {
  private static final int REPORTS = 3;

  private final AtomicInteger reports = new AtomicInteger();
  private final AtomicInteger ends = new AtomicInteger();
  private final CountDownLatch began = new CountDownLatch(1);

  @Test
  void aListenerThatIsSlowerThanTheLimitOfSilenceLosesNothing() throws Exception {
    // The limit is 5 seconds.
    CountDownLatch never = new CountDownLatch(1);
    follow(counting(() -> {
      try {
        boolean unused = reports.get() == 0 && never.await(7, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }));

    assertThat(reports).hasValue(REPORTS);
    assertThat(ends).hasValue(1);
  }

  @Test
  void anErrorOfAListenerIsNobodyElsesBusiness() throws Exception {
    ProgressListener failing = new ProgressListener() {
      @Override
      public void update(SolveStatus status) {
        throw new AssertionError("in update");
      }

      @Override
      public void completed() {
        throw new AssertionError("in completed");
      }
    };
    follow(failing, counting(() -> {}));

    assertThat(reports).hasValue(REPORTS);
    assertThat(ends).hasValue(1);
  }

  /** The solve is over when the first report is here. */
  private void follow(ProgressListener... listeners) throws Exception {
    try (LoopbackDaemon daemon = new LoopbackDaemon(REPORTS);
        Connection connection = daemon.connect()) {
      StatusFollower follower =
          StatusFollower.follow(connection.channel(), "ref", List.of(listeners));
      began.await();
      follower.awaitEnd();
    }
  }

  private ProgressListener counting(Runnable task) {
    return new ProgressListener() {
      @Override
      public void update(SolveStatus status) {
        began.countDown();
        task.run();
        reports.incrementAndGet();
      }

      @Override
      public void completed() {
        ends.incrementAndGet();
      }
    };
  }
}
