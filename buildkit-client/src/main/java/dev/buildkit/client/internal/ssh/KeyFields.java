/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.ssh;

import java.math.BigInteger;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Arrays;

/** The fields of a private key between its type and its comment, in OpenSSH's form. */
enum KeyFields {
  RSA("RSA") {
    @Override
    KeySpec read(WireReader in) throws KeyException {
      BigInteger modulus = in.mpint();
      BigInteger publicExponent = in.mpint();
      BigInteger exponent = in.mpint();
      BigInteger coefficient = in.mpint();
      BigInteger p = in.mpint();
      BigInteger q = in.mpint();
      return new RSAPrivateCrtKeySpec(
          modulus,
          publicExponent,
          exponent,
          p,
          q,
          exponent.mod(before(p)),
          exponent.mod(before(q)),
          coefficient);
    }
  },
  ECDSA("EC") {
    @Override
    KeySpec read(WireReader in) throws KeyException {
      EcCurve curve = EcCurve.named(in.text());
      in.string(); // The public half, which is known from before.
      return new ECPrivateKeySpec(in.mpint(), curve.numbers());
    }
  },
  ED25519("Ed25519") {
    @Override
    KeySpec read(WireReader in) throws KeyException {
      in.string(); // The public half, which also follows the private one.
      byte[] both = in.string();
      if (both.length != 2 * Ed25519Key.BYTES) {
        throw new KeyException("it is not of the size of its kind");
      }
      return new EdECPrivateKeySpec(
          NamedParameterSpec.ED25519, Arrays.copyOf(both, Ed25519Key.BYTES));
    }
  };

  private final String algorithm;

  KeyFields(String algorithm) {
    this.algorithm = algorithm;
  }

  /** Returns the fields of a type of keys. */
  static KeyFields of(String type) throws KeyException {
    return switch (type) {
      case RsaKey.TYPE -> RSA;
      case Ed25519Key.TYPE -> ED25519;
      case "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521" -> ECDSA;
      default -> throw unknown();
    };
  }

  static KeyException unknown() {
    return new KeyException("only keys of RSA, ECDSA and Ed25519 can be used here");
  }

  /** Reads what the JDK makes a key of. */
  abstract KeySpec read(WireReader in) throws KeyException;

  /** Returns the JDK's name of the algorithm. */
  String algorithm() {
    return algorithm;
  }

  private static BigInteger before(BigInteger prime) throws KeyException {
    if (prime.compareTo(BigInteger.ONE) <= 0) {
      throw new KeyException("its numbers do not belong together");
    }
    return prime.subtract(BigInteger.ONE);
  }
}
