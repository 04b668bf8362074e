/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.tls;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** What a server says when it ends TLS. The JDK has the name of the alert in its message only. */
public final class TlsAlert {
  /** From JDK 25 on the name stands in front of the message, too. */
  private static final Pattern MESSAGE =
      Pattern.compile("(?:\\(\\w+\\) )?Received fatal alert: (?<alert>\\w+)");

  /**
   * Returns what an alert of the server means, as an exception that says it; empty if the failure is something else.
   *
   * @param presented what the server was shown; empty for nothing
   */
  public static Optional<SSLException> explain(
      SSLException failure, Optional<X509Certificate> presented) {
    Matcher message = MESSAGE.matcher(String.valueOf(failure.getMessage()));
    if (!message.matches()) {
      return Optional.empty();
    }
    SSLException explained = new SSLException(meaning(message.group("alert"), presented));
    // Not as the cause: the last of the causes is what users are told.
    explained.addSuppressed(failure);
    return Optional.of(explained);
  }

  private static String meaning(String alert, Optional<X509Certificate> presented) {
    return presented
        .map(certificate -> ofCertificate(alert, certificate))
        .orElseGet(() -> withoutCertificate(alert));
  }

  private static String ofCertificate(String alert, X509Certificate own) {
    String client = "the client " + CertificateText.of(own);
    return switch (alert) {
      case "unknown_ca" ->
        "the server does not trust the authority of " + client
            + "; present one of an authority that the server knows";
      case "certificate_expired" ->
        "the server finds that " + client + ", is not valid now; it is from "
            + own.getNotBefore().toInstant() + " to " + own.getNotAfter().toInstant()
            + ", so renew it or correct the clocks";
      case "bad_certificate", "certificate_unknown", "access_denied", "certificate_revoked" ->
        "the server refuses " + client + " (" + alert
            + "); present one that is made for clients by an authority that the server knows";
      default -> other(alert);
    };
  }

  private static String withoutCertificate(String alert) {
    return switch (alert) {
      case "certificate_required", "bad_certificate", "handshake_failure" ->
        "the server wants a client certificate, and none was presented (" + alert
            + "); give one with TlsOptions.clientCertificate";
      default -> other(alert);
    };
  }

  private static String other(String alert) {
    return "the server ended TLS with the alert " + alert
        + "; its log tells why, and the client speaks TLS 1.2 and 1.3";
  }

  private TlsAlert() {}
}
