/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Numbers as BuildKit's own tools show them. */
final class Figures {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Figures() {}

  /** Returns the seconds with this many decimal places, such as {@code 1.2}. */
  static String seconds(Duration duration, int places) {
    return decimal(seconds(duration), places);
  }

  /** Returns the seconds that a log line begins with: the more of them, the fewer places. */
  static String logSeconds(Duration duration) {
    double seconds = seconds(duration);
    return decimal(seconds, seconds < 10 ? 3 : seconds < 100 ? 2 : 1);
  }

  /** Returns a number of bytes in decimal units, such as {@code 17B} and {@code 3.62MB}. */
  static String bytes(long count) {
    double scaled = count;
    int unit = 0;
    for (long base = 1_000; unit < UNITS.length - 1 && Math.abs((double) count) >= base; unit++) {
      scaled = (double) count / base;
      base *= 1_000;
    }
    return unit == 0 ? count + "B" : decimal(scaled, 2) + UNITS[unit];
  }

  /** Returns how much of an activity is done, such as {@code 1.05MB / 3.62MB}; empty if unknown. */
  static String amount(VertexStatus status) {
    if (status.total() != 0) {
      return bytes(status.current()) + " / " + bytes(status.total());
    }
    return status.current() == 0 ? "" : bytes(status.current());
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }

  /** Rounds the exact binary value, half to even: Java's formatter would round decimals half up. */
  private static String decimal(double value, int places) {
    String text =
        new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).abs().toPlainString();
    return value < 0 ? "-" + text : text;
  }
}
