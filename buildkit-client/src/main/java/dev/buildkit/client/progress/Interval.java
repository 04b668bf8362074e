/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A time during which a step ran.
 *
 * @param stop the end; empty while the step runs
 */
record Interval(Instant start, Optional<Instant> stop) {

  /** Joins those that overlap or touch; the input is ordered by start. */
  static List<Interval> merge(Collection<Interval> ordered) {
    List<Interval> merged = new ArrayList<>();
    for (Interval next : ordered) {
      int last = merged.size() - 1;
      if (last < 0 || merged.get(last).endsBefore(next.start)) {
        merged.add(next);
      } else {
        merged.set(last, merged.get(last).join(next));
      }
    }
    return merged;
  }

  boolean open() {
    return stop.isEmpty();
  }

  /** Returns the length of a closed interval, and nothing for an open one. */
  Duration length() {
    return stop.map(end -> Duration.between(start, end)).orElse(Duration.ZERO);
  }

  private boolean endsBefore(Instant time) {
    return stop.isPresent() && stop.get().isBefore(time);
  }

  private Interval join(Interval later) {
    boolean covered =
        open() || (!later.open() && !stop.orElseThrow().isBefore(later.stop.orElseThrow()));
    return covered ? this : new Interval(start, later.stop);
  }
}
