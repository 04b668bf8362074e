/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.tls;

import dev.buildkit.client.internal.pem.PemBlock;
import dev.buildkit.client.internal.pem.PemText;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads certificates from PEM. */
final class Certificates {

  /** Returns all certificates of a text, at least one. Other blocks are passed over. */
  static List<X509Certificate> in(PemText pem) {
    List<X509Certificate> certificates = pem.blocks().stream()
        .filter(block -> block.label().equals("CERTIFICATE"))
        .map(block -> decode(pem, block))
        .toList();
    if (certificates.isEmpty()) {
      throw pem.invalid(
          "it holds no PEM certificate",
          "it must have a -----BEGIN CERTIFICATE----- line; 'openssl x509 -inform der -in FILE'"
              + " makes PEM of DER");
    }
    return certificates;
  }

  private static X509Certificate decode(PemText pem, PemBlock block) {
    try {
      return (X509Certificate) CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(block.bytes()));
    } catch (CertificateException e) {
      throw pem.invalid("a certificate in it is damaged", "write the file again", e);
    }
  }

  private Certificates() {}
}
