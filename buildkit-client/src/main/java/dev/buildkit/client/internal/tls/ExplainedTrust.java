/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/** The JDK's verdict on servers, with a reason that names the certificate and tells what to do. */
final class ExplainedTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager jdk;

  ExplainedTrust(X509ExtendedTrustManager jdk) {
    this.jdk = jdk;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    jdk.checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    try {
      jdk.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      String host =
          socket instanceof SSLSocket tls ? tls.getHandshakeSession().getPeerHost() : "its host";
      throw explain(chain, authType, host, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      jdk.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw explain(chain, authType, engine.getPeerHost(), e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return jdk.getAcceptedIssuers();
  }

  private CertificateException explain(
      X509Certificate[] chain, String authType, String host, CertificateException refusal) {
    ServerDoubt doubt = new ServerDoubt(chain, host, refusal);
    String reason = isTrustedUnderAnyName(chain, authType)
        ? doubt.ofName()
        : doubt.ofCertificate(jdk.getAcceptedIssuers());
    CertificateException explained = new CertificateException(reason);
    // Not as the cause: the last of the causes is what users are told.
    explained.addSuppressed(refusal);
    return explained;
  }

  private boolean isTrustedUnderAnyName(X509Certificate[] chain, String authType) {
    try {
      jdk.checkServerTrusted(chain, authType);
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }
}
