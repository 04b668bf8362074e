/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import static java.util.Objects.requireNonNull;

import dev.buildkit.client.internal.pem.PemText;
import dev.buildkit.client.internal.tls.ClientCertificate;
import dev.buildkit.client.internal.tls.TlsContext;
import dev.buildkit.client.internal.tls.Trust;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Whom a client trusts at the other end of a TLS connection, and how it proves who it is itself.
 *
 * <pre>{@code
 * TlsOptions.trusting(Path.of("ca.pem"))
 *     .clientCertificate(Path.of("cert.pem"), Path.of("key.pem"))
 *     .serverName("buildkitd.example.com")
 * }</pre>
 *
 * <p>Files are read when they are named, and not again: what is missing, unreadable or no PEM is refused at once. To use renewed files, make
 * new options and a new client.
 *
 * <p>Certificates are PEM, any number in a file. Keys are PEM too: PKCS#8 ({@code PRIVATE KEY}, {@code ENCRYPTED PRIVATE
 * KEY}), PKCS#1 ({@code RSA PRIVATE KEY}) or SEC 1 ({@code EC PRIVATE KEY}), of RSA, EC or Ed25519.
 *
 * <p>Immutable: each method returns a copy. {@link #toString()} shows nothing of keys.
 */
public final class TlsOptions {
  private static final String CA = "CA certificate";
  private static final String CERTIFICATE = "client certificate";
  private static final String KEY = "client key";

  private final Trust trust;
  private final Optional<ClientCertificate> own;
  private final Optional<String> serverName;

  private TlsOptions(Trust trust, Optional<ClientCertificate> own, Optional<String> serverName) {
    this.trust = trust;
    this.own = own;
    this.serverName = serverName;
  }

  /**
   * Returns options that trust the servers which this JVM trusts: by its {@code cacerts}, or by the store that the system
   * property {@code javax.net.ssl.trustStore} names.
   */
  public static TlsOptions systemRoots() {
    return trusting(Trust.inSystemRoots());
  }

  /**
   * Returns options that trust the servers with a certificate of one of the authorities in a file, and no others.
   *
   * @param ca a PEM file with one or more certificates
   * @throws IllegalArgumentException if the file is missing, not readable, or holds no PEM certificate
   */
  public static TlsOptions trusting(Path ca) {
    return trusting(Trust.in(PemText.read(CA, requireNonNull(ca, "ca"))));
  }

  /**
   * Returns options that trust the servers with a certificate of one of the given authorities, and no others.
   *
   * @param ca one or more PEM certificates
   * @throws IllegalArgumentException if the text holds no PEM certificate
   */
  public static TlsOptions trustingPem(String ca) {
    return trusting(Trust.in(PemText.of(CA, requireNonNull(ca, "ca"))));
  }

  /**
   * Returns options for mutual TLS from the files of a directory, as {@code buildctl --tlsdir} takes it: {@code ca.pem} or
   * {@code ca.crt}, {@code cert.pem} or {@code tls.crt}, and {@code key.pem} or {@code tls.key}.
   *
   * @throws IllegalArgumentException if one of the three is missing, not readable or no PEM; the message names it
   */
  public static TlsOptions directory(Path directory) {
    TlsDirectory files = TlsDirectory.of(requireNonNull(directory, "directory"));
    return trusting(files.ca()).clientCertificate(files.certificate(), files.key());
  }

  /**
   * Returns options that trust any server, whatever its certificate and its name.
   *
   * <p>Danger: whoever is on the way to the server can pass for it, read secrets and build contexts, and change results. Use it only
   * for tests, or on a way that nobody else reaches.
   */
  public static TlsOptions insecure() {
    return trusting(Trust.inAnyone());
  }

  private static TlsOptions trusting(Trust trust) {
    return new TlsOptions(trust, Optional.empty(), Optional.empty());
  }

  /** Trusts the servers that this JVM trusts, too, as {@link #systemRoots()} does. */
  public TlsOptions addSystemRoots() {
    return new TlsOptions(trust.addSystemRoots(), own, serverName);
  }

  /**
   * Presents a certificate to servers that want one.
   *
   * @param certificate a PEM file: the certificate of the client, then those that lead to its authority, if any
   * @param key a PEM file with the private key, not encrypted
   * @throws IllegalArgumentException if a file is missing, not readable or no PEM, the key is encrypted, or the two do not
   *     belong together
   */
  public TlsOptions clientCertificate(Path certificate, Path key) {
    return presenting(ClientCertificate.of(readCertificate(certificate), readKey(key)));
  }

  /**
   * Presents a certificate with an encrypted key to servers that want one.
   *
   * @param password of the key; not needed any more when this method returns, so that the caller may wipe it
   * @throws IllegalArgumentException if a file is missing, not readable or no PEM, the password is wrong, or the two do not
   *     belong together
   */
  public TlsOptions clientCertificate(Path certificate, Path key, char[] password) {
    requireNonNull(password, "password");
    return presenting(ClientCertificate.of(readCertificate(certificate), readKey(key), password));
  }

  /**
   * Presents a certificate to servers that want one.
   *
   * @param certificate PEM: the certificate of the client, then those that lead to its authority, if any
   * @param key PEM of the private key, not encrypted
   * @throws IllegalArgumentException if one is no PEM, the key is encrypted, or the two do not belong together
   */
  public TlsOptions clientCertificatePem(String certificate, String key) {
    return presenting(ClientCertificate.of(
        PemText.of(CERTIFICATE, requireNonNull(certificate, "certificate")),
        PemText.of(KEY, requireNonNull(key, "key"))));
  }

  /**
   * Expects another name in the certificate of the server, and asks for it, than the host of the address. It is also what
   * requests name as the host they are for.
   *
   * @param name a host name or an IP address
   * @throws IllegalArgumentException if the name is no host name and no IP address
   */
  public TlsOptions serverName(String name) {
    if (!HostName.isValid(requireNonNull(name, "name"))) {
      throw new IllegalArgumentException("server name '" + name
          + "': it is no host name and no IP address; give the name that the certificate has");
    }
    return new TlsOptions(trust, own, Optional.of(name));
  }

  /** Returns the name that the certificate of the server must have, if it is not the host of the address. */
  public Optional<String> serverName() {
    return serverName;
  }

  /**
   * Returns a new context of the JDK that trusts and presents what these options say. It does not know the server name;
   * that names must match is up to who uses it, except that of {@link #insecure()} options checks none.
   *
   * @throws IllegalStateException if the trust store of this JVM cannot be read
   */
  public SSLContext sslContext() {
    return TlsContext.of(trust, own);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TlsOptions options
        && trust.equals(options.trust)
        && own.equals(options.own)
        && serverName.equals(options.serverName);
  }

  @Override
  public int hashCode() {
    return Objects.hash(trust, own, serverName);
  }

  /** Returns whom it trusts and presents, and nothing of keys. */
  @Override
  public String toString() {
    return "TlsOptions[trust=" + trust
        + own.map(certificate -> ", clientCertificate=" + certificate).orElse("")
        + serverName.map(name -> ", serverName=" + name).orElse("") + "]";
  }

  private TlsOptions presenting(ClientCertificate certificate) {
    return new TlsOptions(trust, Optional.of(certificate), serverName);
  }

  private static PemText readCertificate(Path file) {
    return PemText.read(CERTIFICATE, requireNonNull(file, "certificate"));
  }

  private static PemText readKey(Path file) {
    return PemText.read(KEY, requireNonNull(file, "key"));
  }
}
