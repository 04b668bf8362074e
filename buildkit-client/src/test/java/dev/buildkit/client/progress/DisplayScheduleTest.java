/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static dev.buildkit.client.progress.Reports.started;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DisplayScheduleTest {
  private final DisplaySchedule schedule = new DisplaySchedule(new CountingDisplay(), Pace.STEADY);

  @Test
  void reportIsDrawnAtOnceUnlessOneWasJustDrawn() {
    assertThat(report(0)).isEqualTo("draw 1 ");
    assertThat(report(99)).isEmpty();
    assertThat(report(100)).isEqualTo("draw 2 ");
    assertThat(report(101)).isEmpty();
  }

  @Test
  void reportThatWasNotDrawnIsDrawnLater() {
    assertThat(report(0)).isEqualTo("draw 1 ");
    assertThat(schedule.ticking()).isFalse();
    assertThat(report(50)).isEmpty();
    assertThat(schedule.ticking()).isTrue();
    assertThat(schedule.nextTick()).isEqualTo(nanos(200));
    assertThat(new String(schedule.tick(nanos(200)), UTF_8)).isEqualTo("draw 2 ");
    assertThat(schedule.ticking()).isFalse();
  }

  @Test
  void ticksDoNotHoldUpTheNextReport() {
    assertThat(report(0)).isEqualTo("draw 1 ");
    assertThat(report(50)).isEmpty();
    assertThat(new String(schedule.tick(nanos(200)), UTF_8)).isEqualTo("draw 2 ");
    assertThat(report(201)).isEqualTo("draw 3 ");
  }

  @Test
  void ticksGoOnWhileTheDisplayIsUnfinished() {
    assertThat(report(-1000)).isEqualTo("draw 1 ");
    assertThat(report(-950)).isEmpty();
    assertThat(new String(schedule.tick(nanos(-800)), UTF_8)).isEqualTo("draw 2 ");
    assertThat(schedule.nextTick()).isEqualTo(nanos(-650));
  }

  @Test
  void endIsDrawnAtOnce() {
    assertThat(report(0)).isEqualTo("draw 1 ");
    assertThat(report(1)).isEmpty();
    assertThat(new String(schedule.finish(nanos(2)), UTF_8)).isEqualTo("finish ");
  }

  private String report(long millis) {
    return new String(schedule.update(started("a", 0), nanos(millis)), UTF_8);
  }

  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Tells when it was drawn; it is unfinished while there is a report that was not. */
  private static final class CountingDisplay implements Display {
    private int draws;
    private boolean unfinished;

    @Override
    public void update(SolveStatus status, long now) {
      unfinished = true;
    }

    @Override
    public void draw(Page page, long now) {
      unfinished = false;
      page.print("draw " + ++draws + " ");
    }

    @Override
    public boolean unfinished() {
      return unfinished;
    }

    @Override
    public void finish(Page page, long now) {
      page.print("finish ");
    }
  }
}
