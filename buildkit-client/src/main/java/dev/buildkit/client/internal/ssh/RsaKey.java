/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.ssh;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.stream.Stream;

/** A key of RSA, whose public key and whose oldest signatures are {@code ssh-rsa}. */
final class RsaKey implements SshKey {
  static final String TYPE = "ssh-rsa";

  private static final int SHA2_256 = 2;
  private static final int SHA2_512 = 4;

  /** What OpenSSH wants of a key. */
  private static final int MIN_BITS = 1024;

  private final RSAPrivateCrtKey key;

  private RsaKey(RSAPrivateCrtKey key) {
    this.key = key;
  }

  static RsaKey of(RSAPrivateCrtKey key) throws KeyException {
    if (!key.getAlgorithm().equals("RSA")) {
      throw new KeyException("it is for RSASSA-PSS, which SSH does not have");
    }
    int bits = key.getModulus().bitLength();
    if (bits < MIN_BITS) {
      throw new KeyException("it has " + bits + " bits, and SSH wants " + MIN_BITS + " at least");
    }
    if (!isWhole(key)) {
      throw new KeyException("its numbers do not belong together");
    }
    return new RsaKey(key);
  }

  @Override
  public byte[] publicKey() {
    return new WireWriter()
        .text(TYPE)
        .mpint(key.getPublicExponent())
        .mpint(key.getModulus())
        .toBytes();
  }

  @Override
  public byte[] sign(byte[] data, int flags) throws GeneralSecurityException {
    return switch (flags) {
      case 0 -> signature(TYPE, "SHA1withRSA", data);
      case SHA2_256 -> signature("rsa-sha2-256", "SHA256withRSA", data);
      case SHA2_512 -> signature("rsa-sha2-512", "SHA512withRSA", data);
      default -> throw new InvalidAlgorithmParameterException("flags " + flags);
    };
  }

  private byte[] signature(String name, String algorithm, byte[] data)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(data);
    return new WireWriter().text(name).string(signature.sign()).toBytes();
  }

  /** Returns whether the JDK can calculate with the numbers, and then gets what the public key confirms. */
  private static boolean isWhole(RSAPrivateCrtKey key) {
    boolean positive = Stream.of(
            key.getPublicExponent(),
            key.getPrivateExponent(),
            key.getPrimeP(),
            key.getPrimeQ(),
            key.getPrimeExponentP(),
            key.getPrimeExponentQ(),
            key.getCrtCoefficient())
        .allMatch(number -> number.signum() > 0);
    BigInteger product = key.getPrimeP().multiply(key.getPrimeQ());
    return positive && product.equals(key.getModulus()) && confirmsItself(key);
  }

  private static boolean confirmsItself(RSAPrivateCrtKey key) {
    try {
      PublicKey other = KeyFactory.getInstance("RSA")
          .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
      return TrialSignature.fits("SHA256withRSA", key, other);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
