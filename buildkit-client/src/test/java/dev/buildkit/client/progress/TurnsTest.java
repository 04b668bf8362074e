/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Step slow = new Step("slow");
  private final Step fast = new Step("fast");

  @Test
  void busiestStepComesFirst() {
    news(slow, 0, 1);
    news(fast, 0, 3);

    assertThat(Turns.next(null, false, List.of(fast, slow), seconds(1))).contains(fast);
  }

  @Test
  void laterOfEquallyBusyStepsComesFirst() {
    news(slow, 0, 1);
    news(fast, 0, 1);

    assertThat(Turns.next(null, false, List.of(slow, fast), 0)).contains(fast);
  }

  @Test
  void busiestStepFollowsOneThatEnded() {
    news(slow, 0, 1);
    news(fast, 0, 3);
    Step ended = new Step("ended");
    news(ended, 0, 1);
    ended.news().reset();

    assertThat(Turns.next(ended, true, List.of(slow, fast, ended), seconds(1))).contains(fast);
  }

  @Test
  void shownStepStaysForSomeSeconds() {
    news(slow, 0, 1);
    news(fast, 0, 1);

    assertThat(Turns.next(slow, false, List.of(slow, fast), seconds(9))).isEmpty();
  }

  @Test
  void shownStepStaysTheLongerTheBusierItIs() {
    news(slow, 0, 1);
    news(fast, 0, 4);

    // Its share of the news is 4 of 5, so it has 5 s / (1 - 0.8) for itself, but for patience.
    assertThat(Turns.next(fast, false, List.of(fast, slow), seconds(9.9))).isEmpty();
    // With a share of 1 of 5 it is 6.25 s.
    assertThat(Turns.next(slow, false, List.of(fast, slow), seconds(6.2))).isEmpty();
    assertThat(Turns.next(slow, false, List.of(fast, slow), seconds(6.3))).contains(fast);
  }

  @Test
  void stepThatWaitsForTenSecondsGetsItsTurn() {
    news(slow, 0, 1);
    news(fast, seconds(9), 1000);

    assertThat(Turns.next(fast, false, List.of(fast, slow), seconds(10))).isEmpty();
    assertThat(Turns.next(fast, false, List.of(fast, slow), seconds(10.1))).contains(slow);
    assertThat(Turns.next(null, false, List.of(fast, slow), seconds(10.1))).contains(slow);
  }

  private static void news(Step step, long since, int count) {
    for (int i = 0; i < count; i++) {
      step.news().add(since);
    }
  }

  private static long seconds(double seconds) {
    return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
  }
}
