/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** The checks of arguments that several types share. */
final class Check {
  private static final int ALL_MODE_BITS = 07777;
  private static final int PERMISSION_BITS = 0777;

  private Check() {}

  /**
   * Returns {@code value} if it is not empty.
   *
   * @param what names the value in the message
   * @param remedy says what to do
   */
  @CanIgnoreReturnValue
  static String notEmpty(String value, String what, String remedy) {
    if (requireNonNull(value, what).isEmpty()) {
      throw new IllegalArgumentException(what + " is empty; " + remedy);
    }
    return value;
  }

  /** Returns the id of a user or group if it is not negative. */
  static int id(int id, String what) {
    if (id < 0) {
      throw new IllegalArgumentException(
          what + " must not be negative, but was: " + id + "; use 0 for root");
    }
    return id;
  }

  /** Returns {@code mode} if it has no bits but permissions, setuid, setgid and sticky. */
  static int mode(int mode) {
    if (mode < 0 || mode > ALL_MODE_BITS) {
      throw new IllegalArgumentException(
          "mode must be between 0 and 07777, but was: 0%o; write it in octal, such as 0644"
              .formatted(mode));
    }
    return mode;
  }

  /** Returns the permission bits of {@code mode}; BuildKit makes no files with other ones. */
  static int permissions(int mode) {
    return mode(mode) & PERMISSION_BITS;
  }
}
