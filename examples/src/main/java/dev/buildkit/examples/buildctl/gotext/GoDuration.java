/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.gotext;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations such as {@code 1h30m} and {@code 1.5s}. */
public final class GoDuration {
  private static final Map<String, Long> NANOS = Map.of(
      "ns", 1L,
      "us", 1_000L,
      "\u00b5s", 1_000L,
      "\u03bcs", 1_000L,
      "ms", 1_000_000L,
      "s", 1_000_000_000L,
      "m", 60_000_000_000L,
      "h", 3_600_000_000_000L);
  private static final Pattern PART = Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)([^0-9.]*)");

  private GoDuration() {}

  /**
   * Returns the duration that a text says.
   *
   * @throws IllegalArgumentException with Go's message if it says none
   */
  public static Duration parse(String text) {
    boolean negative = text.startsWith("-");
    String parts = negative || text.startsWith("+") ? text.substring(1) : text;
    if (parts.equals("0")) {
      return Duration.ZERO;
    }
    Matcher part = PART.matcher(parts);
    BigDecimal nanos = BigDecimal.ZERO;
    int end = 0;
    while (end < parts.length() && part.find(end) && part.start() == end) {
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2), text)));
      end = part.end();
    }
    if (end == 0 || end < parts.length()) {
      throw new IllegalArgumentException("time: invalid duration " + GoQuote.quote(text));
    }
    Duration duration = Duration.ofNanos(nanos.longValue());
    return negative ? duration.negated() : duration;
  }

  private static BigDecimal unit(String unit, String text) {
    if (unit.isEmpty()) {
      throw new IllegalArgumentException("time: missing unit in duration " + GoQuote.quote(text));
    }
    Long nanos = NANOS.get(unit);
    if (nanos == null) {
      throw new IllegalArgumentException(
          "time: unknown unit " + GoQuote.quote(unit) + " in duration " + GoQuote.quote(text));
    }
    return BigDecimal.valueOf(nanos);
  }

  /** Returns the duration as Go prints it, such as {@code 48h0m0s}. */
  public static String format(Duration duration) {
    if (duration.isNegative()) {
      return "-" + format(duration.negated());
    }
    if (duration.isZero()) {
      return "0s";
    }
    if (duration.toSeconds() == 0) {
      return small(duration.toNanosPart());
    }
    StringBuilder text = new StringBuilder();
    if (duration.toHours() > 0) {
      text.append(duration.toHours()).append('h');
    }
    if (duration.toMinutes() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    return text.append(decimal(duration.toSecondsPart(), duration.toNanosPart(), 9))
        .append('s')
        .toString();
  }

  private static String small(int nanos) {
    if (nanos < 1_000) {
      return nanos + "ns";
    }
    if (nanos < 1_000_000) {
      return decimal(nanos / 1_000, nanos % 1_000, 3) + "\u00b5s";
    }
    return decimal(nanos / 1_000_000, nanos % 1_000_000, 6) + "ms";
  }

  private static String decimal(long whole, long fraction, int digits) {
    return BigDecimal.valueOf(whole)
        .add(BigDecimal.valueOf(fraction, digits))
        .setScale(digits, RoundingMode.UNNECESSARY)
        .stripTrailingZeros()
        .toPlainString();
  }
}
