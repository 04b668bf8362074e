/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for servers on loopback that nobody signed but its own key, made by the JDK's keytool. */
final class TestCertificate {
  private static final String ALIAS = "test";
  private static final String PASSWORD = "password";

  private final Path directory;
  private final KeyStore store;

  private TestCertificate(Path directory, KeyStore store) {
    this.directory = directory;
    this.store = store;
  }

  static TestCertificate make(Path directory) throws IOException, GeneralSecurityException {
    Path file = directory.resolve("store.p12");
    var unused = Command.run(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "RSA",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-ext",
            "bc=ca:true",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD)
        .orFail();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return new TestCertificate(directory, store);
  }

  /** Returns the certificate as a PEM file, which is also its authority's. */
  Path pem() throws IOException, GeneralSecurityException {
    return write("cert.pem", "CERTIFICATE", certificate().getEncoded());
  }

  /** Returns the private key as a PEM file. */
  Path keyPem() throws IOException, GeneralSecurityException {
    return write("key.pem", "PRIVATE KEY", key().getEncoded());
  }

  Certificate certificate() throws GeneralSecurityException {
    return requireNonNull(store.getCertificate(ALIAS));
  }

  PrivateKey key() throws GeneralSecurityException {
    return (PrivateKey) requireNonNull(store.getKey(ALIAS, PASSWORD.toCharArray()));
  }

  /** Returns the context of a server with this certificate. */
  SSLContext serverContext() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private Path write(String name, String label, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    return Files.writeString(
        directory.resolve(name),
        "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
  }
}
