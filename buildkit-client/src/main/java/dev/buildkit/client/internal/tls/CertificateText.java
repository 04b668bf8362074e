/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.tls;

import java.security.cert.X509Certificate;

/** Certificates as errors name them. */
final class CertificateText {

  static String of(X509Certificate certificate) {
    return "certificate " + certificate.getSubjectX500Principal().getName() + ", issued by "
        + certificate.getIssuerX500Principal().getName();
  }

  private CertificateText() {}
}
