/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a server is not believed to be who it says, in words for people. */
final class ServerDoubt {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  /** More would be the whole list of what a system trusts. */
  private static final int MAX_NAMED = 3;

  private final X509Certificate[] chain;
  private final String host;
  private final CertificateException refusal;

  ServerDoubt(X509Certificate[] chain, String host, CertificateException refusal) {
    this.chain = chain;
    this.host = host;
    this.refusal = refusal;
  }

  /** Says that the certificate is good, but for another name. */
  String ofName() {
    return "the server's certificate is for " + names(chain[0]) + " and not for " + host
        + "; correct the host, or expect one of these names with TlsOptions.serverName";
  }

  /** Says why the certificate is not good under any name. */
  String ofCertificate(X509Certificate[] authorities) {
    Instant now = Instant.now();
    return untimely(now)
        .orElseGet(() -> isOfUnknownAuthority()
            ? "the server's " + CertificateText.of(chain[0])
                + " comes from no trusted authority; trust the authority that issued it (now trusted: "
                + trusted(authorities) + ")"
            : "the server's " + CertificateText.of(chain[0]) + " is refused: " + rootReason()
                + "; give the server another certificate");
  }

  private Optional<String> untimely(Instant now) {
    return Arrays.stream(chain)
        .filter(certificate -> now.isBefore(certificate.getNotBefore().toInstant())
            || now.isAfter(certificate.getNotAfter().toInstant()))
        .findFirst()
        .map(certificate -> untimely(certificate, now));
  }

  private static String untimely(X509Certificate certificate, Instant now) {
    Instant from = certificate.getNotBefore().toInstant();
    String problem = now.isBefore(from)
        ? " is not valid before " + from
        : " expired at " + certificate.getNotAfter().toInstant();
    return "the server's " + CertificateText.of(certificate) + problem
        + "; renew it, or correct the clock of this machine, which says " + now;
  }

  private boolean isOfUnknownAuthority() {
    return causes().anyMatch(CertPathBuilderException.class::isInstance);
  }

  private String rootReason() {
    Throwable root = causes().reduce(refusal, (earlier, later) -> later);
    return String.valueOf(root.getMessage());
  }

  private Stream<Throwable> causes() {
    return Stream.iterate(refusal, cause -> cause != null, Throwable::getCause);
  }

  private static String trusted(X509Certificate[] authorities) {
    String first = String.join(
        " and ",
        Arrays.stream(authorities)
            .limit(MAX_NAMED)
            .map(authority -> authority.getSubjectX500Principal().getName())
            .toList());
    int others = authorities.length - MAX_NAMED;
    return others > 0 ? first + " and " + others + " others" : first;
  }

  private static String names(X509Certificate certificate) {
    List<String> names = alternativeNames(certificate)
        .filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
        .map(name -> String.valueOf(name.get(1)))
        .toList();
    return names.isEmpty()
        ? certificate.getSubjectX500Principal().getName()
        : String.join(", ", names);
  }

  private static Stream<List<?>> alternativeNames(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? Stream.of() : names.stream();
    } catch (CertificateParsingException e) {
      return Stream.of();
    }
  }
}
