/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.ssh;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Whether a signature, as SSH writes it, is that of a public key, as SSH writes it. */
public final class SignatureCheck {
  private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  /** Returns the name that a signature has, if it is one of the data. */
  public static String algorithm(byte[] publicKey, byte[] data, byte[] signature)
      throws GeneralSecurityException {
    WireReader in = new WireReader(signature);
    String name = in.text();
    Signature check = Signature.getInstance(jdkName(name));
    check.initVerify(publicKey(new WireReader(publicKey)));
    check.update(data);
    byte[] numbers = in.string();
    if (!check.verify(name.startsWith("ecdsa") ? fixed(name, numbers) : numbers)) {
      throw new AssertionError("no signature of this key: " + name);
    }
    return name;
  }

  private static String jdkName(String name) {
    return switch (name) {
      case "ssh-ed25519" -> "Ed25519";
      case "ssh-rsa" -> "SHA1withRSA";
      case "rsa-sha2-256" -> "SHA256withRSA";
      case "rsa-sha2-512" -> "SHA512withRSA";
      case "ecdsa-sha2-nistp256" -> "SHA256withECDSAinP1363Format";
      case "ecdsa-sha2-nistp384" -> "SHA384withECDSAinP1363Format";
      case "ecdsa-sha2-nistp521" -> "SHA512withECDSAinP1363Format";
      default -> throw new AssertionError(name);
    };
  }

  private static PublicKey publicKey(WireReader in) throws GeneralSecurityException {
    return switch (in.text()) {
      case "ssh-ed25519" ->
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(concat(ED25519_HEAD, in.string())));
      case "ssh-rsa" -> {
        BigInteger exponent = in.mpint();
        yield KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(in.mpint(), exponent));
      }
      default -> point(in.text(), in.string());
    };
  }

  private static PublicKey point(String curve, byte[] point) throws GeneralSecurityException {
    int size = point.length / 2;
    ECPoint coordinates =
        new ECPoint(new BigInteger(1, point, 1, size), new BigInteger(1, point, 1 + size, size));
    EcCurve known = Arrays.stream(EcCurve.values())
        .filter(candidate -> candidate.sshName().equals(curve))
        .findFirst()
        .orElseThrow();
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(coordinates, known.numbers()));
  }

  private static byte[] fixed(String name, byte[] numbers) {
    int size = (Integer.parseInt(name.substring(name.length() - 3)) + 7) / 8;
    WireReader in = new WireReader(numbers);
    return concat(fixed(in.mpint(), size), fixed(in.mpint(), size));
  }

  private static byte[] fixed(BigInteger number, int size) {
    byte[] wide = BigInteger.ONE.shiftLeft(8 * size).add(number).toByteArray();
    return Arrays.copyOfRange(wide, wide.length - size, wide.length);
  }

  private static byte[] concat(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private SignatureCheck() {}
}
