/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.tls;

import dev.buildkit.client.internal.pem.KeyPassword;
import dev.buildkit.client.internal.pem.PemText;
import dev.buildkit.client.internal.pem.PrivateKeys;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a client proves itself with.
 *
 * @param chain its own certificate, then those that lead to an authority
 * @param key the private key of the first
 */
public record ClientCertificate(List<X509Certificate> chain, PrivateKey key) {

  /** Copies the chain. */
  public ClientCertificate {
    chain = List.copyOf(chain);
  }

  /**
   * Reads a certificate and its key.
   *
   * @throws IllegalArgumentException if one of the two is missing, cannot be read, or they do not belong together
   */
  public static ClientCertificate of(PemText certificate, PemText key) {
    return of(certificate, key, Optional.empty());
  }

  /**
   * Reads a certificate and its encrypted key.
   *
   * @throws IllegalArgumentException if one of the two is missing, cannot be read, or they do not belong together
   */
  public static ClientCertificate of(PemText certificate, PemText key, char[] password) {
    return of(certificate, key, Optional.of(new KeyPassword(password)));
  }

  private static ClientCertificate of(
      PemText certificate, PemText key, Optional<KeyPassword> password) {
    List<X509Certificate> chain = Certificates.in(certificate);
    PrivateKey own = PrivateKeys.in(key, password);
    if (!belongTogether(chain.get(0), own)) {
      throw key.invalid(
          "it is not the key of the first certificate in " + certificate,
          "give the certificate and the key that were made together");
    }
    return new ClientCertificate(chain, own);
  }

  /** Returns whom the certificate names, and nothing of the key. */
  @Override
  public String toString() {
    return chain.get(0).getSubjectX500Principal().getName();
  }

  private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance(signatureOf(key));
      byte[] message = certificate.getTBSCertificate();
      signature.initSign(key);
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // They are of different algorithms.
    }
  }

  private static String signatureOf(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }
}
