/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.gotext;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Sizes in decimal units: 1 kB is 1000 bytes. */
public final class ByteSize {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private ByteSize() {}

  /** Returns a size with two digits after the point, such as {@code 4.10kB}; bytes have none. */
  public static String rounded(long bytes) {
    int power = power(bytes);
    if (power == 0) {
      return bytes + UNITS[0];
    }
    BigDecimal exact = new BigDecimal(bytes / Math.pow(1000, power));
    return exact.setScale(2, RoundingMode.HALF_EVEN).toPlainString() + UNITS[power];
  }

  /** Returns a size with as many digits as it takes, such as {@code 1.5GB}. */
  public static String exact(long bytes) {
    int power = power(bytes);
    return BigDecimal.valueOf(bytes)
            .movePointLeft(3 * power)
            .stripTrailingZeros()
            .toPlainString()
        + UNITS[power];
  }

  private static int power(long bytes) {
    int power = 0;
    long rest = bytes;
    while (Math.abs(rest) >= 1000) {
      rest /= 1000;
      power++;
    }
    return power;
  }
}
