/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.Map;

/**
 * How often a display is drawn.
 *
 * @param minPauseNanos the shortest time between two drawings for the sake of reports
 * @param tickNanos how long after the last report it is drawn nevertheless
 */
record Pace(long minPauseNanos, long tickNanos) {
  static final Pace STEADY = new Pace(MILLISECONDS.toNanos(100), MILLISECONDS.toNanos(150));

  /** With each report, at once. */
  static final Pace IMMEDIATE = new Pace(0, STEADY.tickNanos);

  /** Returns the pace that {@code TTY_DISPLAY_RATE} asks for, in milliseconds. */
  static Pace of(Map<String, String> environment) {
    String rate = environment.getOrDefault("TTY_DISPLAY_RATE", "");
    if (!rate.matches("[1-9]\\d{0,8}")) {
      return STEADY;
    }
    long nanos = MILLISECONDS.toNanos(Long.parseLong(rate));
    return new Pace(nanos, nanos);
  }
}
