/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.tls;

import dev.buildkit.client.internal.pem.PemText;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which servers are believed to be who they say.
 *
 * @param authorities those with a certificate of one of these
 * @param systemRoots also those with one of an authority that the JVM trusts
 * @param anyone all, and the other two mean nothing
 */
public record Trust(List<X509Certificate> authorities, boolean systemRoots, boolean anyone) {

  /** Copies the list. */
  public Trust {
    authorities = List.copyOf(authorities);
  }

  /** Returns trust in what the JVM trusts. */
  public static Trust inSystemRoots() {
    return new Trust(List.of(), true, false);
  }

  /** Returns trust in anyone. */
  public static Trust inAnyone() {
    return new Trust(List.of(), false, true);
  }

  /**
   * Returns trust in the authorities of a text.
   *
   * @throws IllegalArgumentException if there is none, or one cannot be read
   */
  public static Trust in(PemText authorities) {
    return new Trust(Certificates.in(authorities), false, false);
  }

  /** Returns this trust, and that in what the JVM trusts. */
  public Trust addSystemRoots() {
    return new Trust(authorities, true, anyone);
  }

  /** Names those that are trusted. */
  @Override
  public String toString() {
    if (anyone) {
      return "anyone";
    }
    Stream<String> names = authorities.stream()
        .map(authority -> authority.getSubjectX500Principal().getName());
    return Stream.concat(names, systemRoots ? Stream.of("system roots") : Stream.of())
        .toList()
        .toString();
  }

  TrustManager[] managers() throws GeneralSecurityException, IOException {
    return anyone ? new TrustManager[] {new AnyServer()} : explained(managers(store()));
  }

  private static TrustManager[] explained(TrustManager[] managers) {
    return Stream.of(managers)
        .map(manager ->
            manager instanceof X509ExtendedTrustManager jdk ? new ExplainedTrust(jdk) : manager)
        .toArray(TrustManager[]::new);
  }

  private KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    List<X509Certificate> all =
        systemRoots ? Stream.concat(authorities.stream(), roots()).toList() : authorities;
    for (X509Certificate authority : all) {
      store.setCertificateEntry("authority-" + store.size(), authority);
    }
    return store;
  }

  /** The JVM's own trust store, or the one that {@code javax.net.ssl.trustStore} names. */
  private static Stream<X509Certificate> roots() throws GeneralSecurityException {
    return Stream.of(managers(null))
        .filter(X509TrustManager.class::isInstance)
        .flatMap(manager -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()));
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return factory.getTrustManagers();
  }
}
