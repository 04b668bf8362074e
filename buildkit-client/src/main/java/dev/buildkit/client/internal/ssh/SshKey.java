/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.ssh;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;

/** A private key that signs as SSH wants it. Thread-safe, and shows nothing of itself. */
public sealed interface SshKey permits RsaKey, EcdsaKey, Ed25519Key {
  /** Returns the public key in SSH's own form. */
  byte[] publicKey();

  /**
   * Returns the signature of data in SSH's own form.
   *
   * @param flags of the agent's protocol, which choose between the hashes of RSA
   * @throws GeneralSecurityException if there is no signature as the flags want it
   */
  byte[] sign(byte[] data, int flags) throws GeneralSecurityException;

  /**
   * Takes a key of the JDK.
   *
   * @throws KeyException if there are none such in SSH, or its numbers do not belong together
   */
  static SshKey of(PrivateKey key) throws KeyException {
    if (key instanceof RSAPrivateCrtKey rsa) {
      return RsaKey.of(rsa);
    }
    if (key instanceof ECPrivateKey ec) {
      return EcdsaKey.of(ec);
    }
    if (key instanceof EdECPrivateKey edwards) {
      return Ed25519Key.of(edwards);
    }
    throw new KeyException("SSH has no keys of its kind");
  }
}
