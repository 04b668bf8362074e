/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.pem;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/** Reads a private key from PEM. What the JDK says of keys stays out of errors, for it may quote them. */
public final class PrivateKeys {
  private static final String PKCS8 = "PRIVATE KEY";
  private static final String ENCRYPTED_PKCS8 = "ENCRYPTED PRIVATE KEY";
  private static final String RSA = "RSA PRIVATE KEY";
  private static final String EC = "EC PRIVATE KEY";

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  private static final String CONVERT =
      "convert it with 'openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out key.pem'";

  private final PemText pem;
  private final Optional<KeyPassword> password;

  private PrivateKeys(PemText pem, Optional<KeyPassword> password) {
    this.pem = pem;
    this.password = password;
  }

  /**
   * Returns the first key of a text.
   *
   * @throws IllegalArgumentException if there is none, it cannot be read, or the password is not that of the key
   */
  public static PrivateKey in(PemText pem, Optional<KeyPassword> password) {
    return new PrivateKeys(pem, password).read();
  }

  private PrivateKey read() {
    PemBlock block = pem.privateKey()
        .orElseThrow(() -> pem.invalid(
            "it holds no PEM private key", "it must have a -----BEGIN PRIVATE KEY----- line"));
    try {
      return decode(pkcs8(block));
    } catch (InvalidKeySpecException e) {
      throw pem.invalid(
          "its " + block.label() + " is damaged, or of a kind or curve that this JDK does not know",
          "make a key of RSA, of EC with P-256, P-384 or P-521, or of Ed25519");
    }
  }

  private byte[] pkcs8(PemBlock block) throws InvalidKeySpecException {
    byte[] key = block.header("DEK-Info").map(info -> decrypt(block, info)).orElseGet(block::bytes);
    return switch (block.label()) {
      case PKCS8 -> key;
      case ENCRYPTED_PKCS8 -> decrypt(block, "");
      case RSA -> Der.pkcs8OfRsa(key);
      case EC -> Der.pkcs8OfEc(key);
      default -> throw pem.invalid("a " + block.label() + " is not supported", CONVERT);
    };
  }

  /**
   * Decrypts a key.
   *
   * @param info the older form's header; empty for PKCS#8
   */
  private byte[] decrypt(PemBlock block, String info) {
    KeyPassword secret = password.orElseThrow(
        () -> pem.invalid("the key is encrypted, and there is no password", "give its password"));
    try {
      return info.isEmpty()
          ? secret.decryptPkcs8(block.bytes())
          : secret.decryptLegacy(info, block.bytes());
    } catch (NoSuchAlgorithmException | IOException | IllegalArgumentException e) {
      throw pem.invalid("the key is encrypted in a way that this JDK does not know", CONVERT);
    } catch (GeneralSecurityException e) {
      throw pem.invalid("the password does not fit", "give the password of the key");
    }
  }

  private static PrivateKey decode(byte[] pkcs8) throws InvalidKeySpecException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        // It is a key of another algorithm.
      }
    }
    throw new InvalidKeySpecException();
  }
}
