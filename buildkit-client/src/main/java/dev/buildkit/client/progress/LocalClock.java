/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells how long ago, on this machine, something happened that the daemon gives a time of.
 *
 * <p>The two clocks are taken to agree at the moment when the first start of a step is reported:
 * so a daemon with a wrong clock, or a build that is watched again later, looks right too.
 */
final class LocalClock {
  private Optional<Instant> origin = Optional.empty();
  private long originNanos;

  /** Takes note that a step started, which was reported at this time in nanoseconds. */
  void started(Instant time, long now) {
    if (origin.isEmpty()) {
      origin = Optional.of(time);
      originNanos = now;
    }
  }

  /** Returns how long the solve has been running. */
  Duration elapsed(long now) {
    return origin.map(time -> elapsedSince(time, now)).orElse(Duration.ZERO);
  }

  /** Returns for how long an interval has lasted, up to its end if it has one. */
  Duration length(Interval interval, long now) {
    return interval.open() ? elapsedSince(interval.start(), now) : interval.length();
  }

  private Duration elapsedSince(Instant start, long now) {
    Duration head = Duration.between(origin.orElse(start), start);
    return Duration.ofNanos(now - originNanos).minus(head);
  }
}
