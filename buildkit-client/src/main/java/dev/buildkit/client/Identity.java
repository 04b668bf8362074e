/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import java.math.BigInteger;
import java.security.SecureRandom;

/** Random ids of sessions and solves, in the form that BuildKit's own clients use: 25 characters of base 36. */
final class Identity {
  private static final int LENGTH = 25;
  private static final int ENTROPY_BYTES = 17;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Identity() {}

  static String random() {
    byte[] entropy = new byte[ENTROPY_BYTES];
    RANDOM.nextBytes(entropy);
    // The top bit keeps the number, and so the text, at full length; the first character, which it
    // biases, is cut.
    entropy[0] |= (byte) 0x80;
    return new BigInteger(1, entropy).toString(Character.MAX_RADIX).substring(1, LENGTH + 1);
  }
}
