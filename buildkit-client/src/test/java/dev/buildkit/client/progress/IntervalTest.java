/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static dev.buildkit.client.progress.Reports.time;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntervalTest {
  @Test
  void separateOnesStayApart() {
    assertThat(Interval.merge(List.of(closed(0, 1), closed(2, 3))))
        .containsExactly(closed(0, 1), closed(2, 3));
  }

  @Test
  void touchingOnesAreJoined() {
    assertThat(Interval.merge(List.of(closed(0, 1), closed(1, 3)))).containsExactly(closed(0, 3));
  }

  @Test
  void coveredOnesVanish() {
    assertThat(Interval.merge(List.of(closed(0, 5), closed(1, 3), closed(5, 5), closed(6, 7))))
        .containsExactly(closed(0, 5), closed(6, 7));
  }

  @Test
  void openOneCoversAllAfterIt() {
    assertThat(Interval.merge(List.of(closed(0, 1), open(2), closed(3, 4), open(9))))
        .containsExactly(closed(0, 1), open(2));
  }

  @Test
  void openOneOpensTheOneItOverlaps() {
    assertThat(Interval.merge(List.of(closed(0, 3), open(2)))).containsExactly(open(0));
  }

  @Test
  void nothingMergesToNothing() {
    assertThat(Interval.merge(List.of())).isEmpty();
  }

  @Test
  void lengthOfOpenOneIsZero() {
    assertThat(closed(1, 4).length()).isEqualTo(Duration.ofMillis(3));
    assertThat(open(1).length()).isZero();
  }

  private static Interval closed(long start, long stop) {
    return new Interval(time(start), Optional.of(time(stop)));
  }

  private static Interval open(long start) {
    return new Interval(time(start), Optional.empty());
  }
}
