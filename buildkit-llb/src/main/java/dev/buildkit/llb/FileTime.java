/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import java.time.Instant;

/** Times of files on the wire. */
final class FileTime {
  /** The time is left to the daemon. */
  static final long UNSET = -1;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private FileTime() {}

  /** Returns nanoseconds since 1970. */
  static long toNanos(Instant time) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "createdTime must be between the years 1678 and 2261, but was: " + time
              + "; use one that fits into 64 bits of nanoseconds",
          e);
    }
  }
}
