/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;

/**
 * A key pair that stands for a client's credentials of one registry. The daemon lets another session
 * use a token that this client fetched if that session owns the key, too.
 */
final class TokenAuthority {
  private static final String ALGORITHM = "Ed25519";
  private static final int KEY_LENGTH = 32;

  private final KeyPair keys;

  private TokenAuthority(KeyPair keys) {
    this.keys = keys;
  }

  /**
   * Returns the key pair that Go's client has for the same input.
   *
   * @param salt chosen by the daemon
   * @param seed of the client; empty if it has no credentials for the registry
   */
  static TokenAuthority of(byte[] salt, byte[] seed) {
    byte[] secret = Hmac.sha256(salt, seed);
    try {
      // The JDK makes no public key of a private one, but it makes a pair of 32 random bytes.
      KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
      generator.initialize(KEY_LENGTH * 8 - 1, new KnownRandom(secret));
      return new TokenAuthority(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw noAlgorithm(e);
    }
  }

  /** Returns the 32 bytes of the public key. */
  byte[] publicKey() {
    byte[] encoded = keys.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - KEY_LENGTH, encoded.length);
  }

  /** Returns the signature of 64 bytes, followed by the payload. */
  byte[] sign(byte[] payload) {
    byte[] signature = signature(keys.getPrivate(), payload);
    byte[] signed = Arrays.copyOf(signature, signature.length + payload.length);
    System.arraycopy(payload, 0, signed, signature.length, payload.length);
    return signed;
  }

  private static byte[] signature(PrivateKey key, byte[] payload) {
    try {
      Signature signer = Signature.getInstance(ALGORITHM);
      signer.initSign(key);
      signer.update(payload);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw noAlgorithm(e);
    }
  }

  private static IllegalStateException noAlgorithm(GeneralSecurityException e) {
    return new IllegalStateException(
        "prove the ownership of a token: this JDK has no " + ALGORITHM
            + "; use one that has, or set BUILDKIT_NO_CLIENT_TOKEN=1",
        e);
  }

  /** Not random at all: it has the bytes that the key is to be made of. */
  private static final class KnownRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    KnownRandom(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] target) {
      if (target.length != bytes.length) {
        throw new IllegalStateException("a key of " + target.length + " bytes is not " + ALGORITHM);
      }
      System.arraycopy(bytes, 0, target, 0, target.length);
    }
  }
}
