/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/** Makes contexts for the client's side of TLS. */
public final class TlsContext {

  /**
   * Returns a new context.
   *
   * @throws IllegalStateException if this JVM lacks TLS, or its trust store cannot be read
   */
  public static SSLContext of(Trust trust, Optional<ClientCertificate> own) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManager[] keys = own.map(PresentedKey::new).stream().toArray(KeyManager[]::new);
      context.init(keys, trust.managers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(
          "prepare TLS: " + e.getMessage()
              + "; check the trust store of this JVM and javax.net.ssl.trustStore",
          e);
    }
  }

  private TlsContext() {}
}
