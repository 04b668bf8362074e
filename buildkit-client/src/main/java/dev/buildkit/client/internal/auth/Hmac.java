/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC with SHA-256. */
final class Hmac {
  private static final String ALGORITHM = "HmacSHA256";

  static byte[] sha256(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      // Keys are filled up with zeros; the JDK refuses the empty one, which is the same as this.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, ALGORITHM));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM + ", but not this one", e);
    }
  }

  private Hmac() {}
}
