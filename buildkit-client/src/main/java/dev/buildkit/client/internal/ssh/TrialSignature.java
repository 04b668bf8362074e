/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.ssh;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Finds out whether two keys are a pair. */
final class TrialSignature {
  private static final byte[] MESSAGE = {1, 2, 3};

  /** Returns whether one key confirms what the other signs. */
  static boolean fits(String algorithm, PrivateKey own, PublicKey other) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(own);
      signature.update(MESSAGE);
      byte[] signed = signature.sign();
      signature.initVerify(other);
      signature.update(MESSAGE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // Keys that cannot be used at all are no pair either.
    }
  }

  private TrialSignature() {}
}
