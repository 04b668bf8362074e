/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.ssh;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.List;
import javax.crypto.KeyAgreement;

/** A key of ECDSA, such as {@code ecdsa-sha2-nistp256}. */
final class EcdsaKey implements SshKey {
  /** What comes before the coordinates of a point. */
  private static final byte UNCOMPRESSED = 4;

  private final EcCurve curve;
  private final ECPrivateKey key;
  private final ECPoint point;

  private EcdsaKey(EcCurve curve, ECPrivateKey key, ECPoint point) {
    this.curve = curve;
    this.key = key;
    this.point = point;
  }

  static EcdsaKey of(ECPrivateKey key) throws KeyException {
    EcCurve curve = EcCurve.of(key.getParams());
    if (key.getS().signum() <= 0 || key.getS().compareTo(curve.numbers().getOrder()) >= 0) {
      throw new KeyException("its number is none of its curve");
    }
    try {
      return new EcdsaKey(curve, key, point(curve, key));
    } catch (GeneralSecurityException e) {
      throw new KeyException("this JDK cannot calculate with it");
    }
  }

  @Override
  public byte[] publicKey() {
    return new WireWriter()
        .text(curve.keyType())
        .text(curve.sshName())
        .string(encoded(point))
        .toBytes();
  }

  @Override
  public byte[] sign(byte[] data, int flags) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(curve.signature());
    signature.initSign(key);
    signature.update(data);
    byte[] both = signature.sign();
    int half = both.length / 2;
    byte[] numbers = new WireWriter()
        .mpint(new BigInteger(1, both, 0, half))
        .mpint(new BigInteger(1, both, half, half))
        .toBytes();
    return new WireWriter().text(curve.keyType()).string(numbers).toBytes();
  }

  /**
   * Returns the public half, which not all files have, and which the JDK does not calculate. But a key exchange with the
   * base point of the curve has its x, and of the two points there one confirms signatures.
   */
  private static ECPoint point(EcCurve curve, ECPrivateKey key) throws GeneralSecurityException {
    KeyAgreement exchange = KeyAgreement.getInstance("ECDH");
    exchange.init(key);
    exchange.doPhase(publicKey(curve, curve.numbers().getGenerator()), true);
    ECPoint one = curve.pointAt(new BigInteger(1, exchange.generateSecret()));
    for (ECPoint candidate : List.of(one, curve.opposite(one))) {
      if (TrialSignature.fits(curve.signature(), key, publicKey(curve, candidate))) {
        return candidate;
      }
    }
    throw new GeneralSecurityException("no point confirms signatures");
  }

  private static PublicKey publicKey(EcCurve curve, ECPoint point) throws GeneralSecurityException {
    return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve.numbers()));
  }

  private byte[] encoded(ECPoint encoded) {
    int size = curve.coordinateBytes();
    byte[] bytes = new byte[1 + 2 * size];
    bytes[0] = UNCOMPRESSED;
    put(encoded.getAffineX(), bytes, 1 + size);
    put(encoded.getAffineY(), bytes, bytes.length);
    return bytes;
  }

  /** Writes a number without a sign in front of an end. */
  private static void put(BigInteger number, byte[] target, int end) {
    byte[] signed = number.toByteArray();
    byte[] digits = Arrays.copyOfRange(signed, signed[0] == 0 ? 1 : 0, signed.length);
    System.arraycopy(digits, 0, target, end - digits.length, digits.length);
  }
}
