/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

/** How much a step had to tell since it was last shown, and for how long it has been waiting. */
final class StepNews {
  private static final double SHORTEST_WAIT = 1e-6;

  private int count;
  private long since;

  /** Counts one piece of news; the time is in nanoseconds. */
  void add(long now) {
    if (count == 0) {
      since = now;
    }
    count++;
  }

  void reset() {
    count = 0;
  }

  double secondsWaited(long now) {
    return (now - since) / 1e9;
  }

  double perSecond(long now) {
    return count / Math.max(secondsWaited(now), SHORTEST_WAIT);
  }
}
