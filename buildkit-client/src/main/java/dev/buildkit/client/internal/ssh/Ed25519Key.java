/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.ssh;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/** A key of Ed25519, {@code ssh-ed25519}. */
final class Ed25519Key implements SshKey {
  static final String TYPE = "ssh-ed25519";
  static final int BYTES = 32;

  private static final String ALGORITHM = "Ed25519";

  private final EdECPrivateKey key;
  private final byte[] point;

  private Ed25519Key(EdECPrivateKey key, byte[] point) {
    this.key = key;
    this.point = point;
  }

  static Ed25519Key of(EdECPrivateKey key) throws KeyException {
    if (!key.getParams().getName().equals(ALGORITHM)) {
      throw new KeyException("SSH has no keys on its curve");
    }
    try {
      PublicKey other = publicKey(key);
      if (TrialSignature.fits(ALGORITHM, key, other)) {
        byte[] encoded = other.getEncoded();
        return new Ed25519Key(
            key, Arrays.copyOfRange(encoded, encoded.length - BYTES, encoded.length));
      }
    } catch (GeneralSecurityException e) {
      // The sentence below is for it too.
    }
    throw new KeyException("this JDK cannot calculate with it");
  }

  @Override
  public byte[] publicKey() {
    return new WireWriter().text(TYPE).string(point).toBytes();
  }

  @Override
  public byte[] sign(byte[] data, int flags) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(ALGORITHM);
    signature.initSign(key);
    signature.update(data);
    return new WireWriter().text(TYPE).string(signature.sign()).toBytes();
  }

  /**
   * Returns the public half, which not all files have, and which the JDK calculates only where it makes a new pair: so it is
   * given the key where it asks for random bytes.
   */
  private static PublicKey publicKey(EdECPrivateKey key) throws GeneralSecurityException {
    byte[] seed = key.getBytes()
        .orElseThrow(() -> new GeneralSecurityException("a key that does not show itself"));
    KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
    generator.initialize(NamedParameterSpec.ED25519, new KnownBytes(seed));
    KeyPair pair = generator.generateKeyPair();
    return pair.getPublic();
  }

  /** What a generator takes for random. */
  private static final class KnownBytes extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] known;

    KnownBytes(byte[] known) {
      this.known = known;
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(known, 0, target, 0, Math.min(known.length, target.length));
    }
  }
}
