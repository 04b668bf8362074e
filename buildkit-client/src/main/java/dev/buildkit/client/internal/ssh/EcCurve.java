/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.ssh;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;

/** A curve that SSH has keys on. */
enum EcCurve {
  NISTP256("nistp256", "secp256r1", "SHA256withECDSAinP1363Format"),
  NISTP384("nistp384", "secp384r1", "SHA384withECDSAinP1363Format"),
  NISTP521("nistp521", "secp521r1", "SHA512withECDSAinP1363Format");

  private final String sshName;
  private final String jdkName;
  private final String signature;

  EcCurve(String sshName, String jdkName, String signature) {
    this.sshName = sshName;
    this.jdkName = jdkName;
    this.signature = signature;
  }

  /** Returns the curve with the numbers that a key names. */
  static EcCurve of(ECParameterSpec numbers) throws KeyException {
    for (EcCurve curve : values()) {
      ECParameterSpec own = curve.numbers();
      if (own.getCurve().equals(numbers.getCurve())
          && own.getGenerator().equals(numbers.getGenerator())) {
        return curve;
      }
    }
    throw new KeyException("SSH has no keys on its curve");
  }

  /** Returns the curve that SSH calls so. */
  static EcCurve named(String sshName) throws KeyException {
    return Arrays.stream(values())
        .filter(curve -> curve.sshName.equals(sshName))
        .findFirst()
        .orElseThrow(() -> new KeyException("SSH has no keys on its curve"));
  }

  String sshName() {
    return sshName;
  }

  /** Returns what keys on the curve are called. */
  String keyType() {
    return "ecdsa-sha2-" + sshName;
  }

  /** Returns the JDK's name of what signs, as two numbers of the same size. */
  String signature() {
    return signature;
  }

  ECParameterSpec numbers() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(jdkName));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK does not know the curve " + jdkName, e);
    }
  }

  /** Returns the size of a coordinate. */
  int coordinateBytes() {
    return (numbers().getCurve().getField().getFieldSize() + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** Returns one of the two points at a place on the x axis, if it is one of the curve. */
  ECPoint pointAt(BigInteger x) {
    BigInteger p = ((ECFieldFp) numbers().getCurve().getField()).getP();
    BigInteger square = x.pow(2)
        .add(numbers().getCurve().getA())
        .multiply(x)
        .add(numbers().getCurve().getB());
    // A root is as easy as this where p leaves 3 when divided by 4, as on these three curves.
    return new ECPoint(x, square.modPow(p.add(BigInteger.ONE).shiftRight(2), p));
  }

  /** Returns the other point at the same place of the x axis. */
  ECPoint opposite(ECPoint point) {
    BigInteger p = ((ECFieldFp) numbers().getCurve().getField()).getP();
    return new ECPoint(point.getAffineX(), p.subtract(point.getAffineY()));
  }
}
