/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.pem;

import java.security.NoSuchAlgorithmException;

/** A cipher that a {@code DEK-Info} header may name. */
record LegacyCipher(String algorithm, int keyBytes) {

  static LegacyCipher named(String name) throws NoSuchAlgorithmException {
    return switch (name) {
      case "AES-128-CBC" -> new LegacyCipher("AES", 16);
      case "AES-192-CBC" -> new LegacyCipher("AES", 24);
      case "AES-256-CBC" -> new LegacyCipher("AES", 32);
      case "DES-EDE3-CBC" -> new LegacyCipher("DESede", 24);
      default -> throw new NoSuchAlgorithmException("cipher " + name);
    };
  }
}
