/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.gotext;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Points in time, always in UTC, with as many digits after the second as are needed. */
public final class GoTime {
  private static final DateTimeFormatter PLAIN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter RFC3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private GoTime() {}

  /** Returns the time as people read it, such as {@code 2026-11-25 19:56:57.7714 +0000 UTC}. */
  public static String plain(Instant time) {
    return PLAIN.format(utc(time)) + fraction(time) + " +0000 UTC";
  }

  /** Returns the time as JSON has it, such as {@code 2026-11-25T19:56:57.7714Z}. */
  public static String rfc3339(Instant time) {
    return RFC3339.format(utc(time)) + fraction(time) + "Z";
  }

  private static LocalDateTime utc(Instant time) {
    return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
  }

  private static String fraction(Instant time) {
    int nanos = time.get(ChronoField.NANO_OF_SECOND);
    if (nanos == 0) {
      return "";
    }
    String digits = String.format("%09d", nanos);
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    return "." + digits.substring(0, end);
  }
}
