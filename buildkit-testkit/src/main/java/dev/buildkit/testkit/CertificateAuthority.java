/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * An authority that lives as long as one test daemon, and vouches for its two ends of TLS. Nothing of it is ever stored.
 *
 * <p>The JDK has no API that makes certificates, and the libraries that have one weigh more than the rest of the testkit.
 */
final class CertificateAuthority {
  private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
  private static final byte[] KEY_USAGE = Der.oid(2, 5, 29, 15);
  private static final byte[] ALTERNATIVE_NAMES = Der.oid(2, 5, 29, 17);
  private static final byte[] BASIC_CONSTRAINTS = Der.oid(2, 5, 29, 19);
  private static final byte[] EXTENDED_KEY_USAGE = Der.oid(2, 5, 29, 37);
  private static final byte[] SERVER_AUTH = Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 1);
  private static final byte[] CLIENT_AUTH = Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 2);
  private static final byte SIGNS_CERTIFICATES = 0x04;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private static final Duration SKEW = Duration.ofHours(1);
  private static final Duration LIFETIME = Duration.ofDays(365);

  /** A certificate and its private key, both as PEM. */
  record Identity(String certificate, String key) {
    /** Returns nothing of the key. */
    @Override
    public String toString() {
      return "Identity[" + certificate + "]";
    }
  }

  private final X500Principal name = new X500Principal("CN=authority of one test daemon");
  private final SecureRandom random = new SecureRandom();
  private final KeyPair keys = newKeys();
  private final String certificate;

  CertificateAuthority() {
    byte[] constraints = critical(BASIC_CONSTRAINTS, Der.sequence(Der.yes()));
    byte[] usage = critical(KEY_USAGE, Der.bits(2, new byte[] {SIGNS_CERTIFICATES}));
    certificate = pem("CERTIFICATE", sign(name, keys, Der.sequence(constraints, usage)));
  }

  /** Returns the certificate of this authority as PEM. */
  String certificate() {
    return certificate;
  }

  /** Returns what a server proves with that it is one of these hosts, names or IP addresses. */
  Identity server(String... hosts) {
    byte[][] names =
        List.of(hosts).stream().map(CertificateAuthority::alternativeName).toArray(byte[][]::new);
    return identity(
        "CN=server",
        extension(EXTENDED_KEY_USAGE, Der.sequence(SERVER_AUTH)),
        extension(ALTERNATIVE_NAMES, Der.sequence(names)));
  }

  /** Returns what a client proves with that this authority knows it. */
  Identity client() {
    return identity("CN=client", extension(EXTENDED_KEY_USAGE, Der.sequence(CLIENT_AUTH)));
  }

  private Identity identity(String subject, byte[]... extensions) {
    KeyPair own = newKeys();
    byte[] certificate = sign(new X500Principal(subject), own, Der.sequence(extensions));
    return new Identity(
        pem("CERTIFICATE", certificate), pem("PRIVATE KEY", encoded(own.getPrivate())));
  }

  private byte[] sign(X500Principal subject, KeyPair subjectKeys, byte[] extensions) {
    Instant now = Instant.now();
    byte[] content = Der.sequence(
        Der.explicit(0, Der.integer(BigInteger.TWO)),
        Der.integer(new BigInteger(127, random).setBit(126)),
        ECDSA_WITH_SHA256,
        name.getEncoded(),
        Der.sequence(Der.time(now.minus(SKEW)), Der.time(now.plus(LIFETIME))),
        subject.getEncoded(),
        encoded(subjectKeys.getPublic()),
        Der.explicit(3, extensions));
    return Der.sequence(
        content, ECDSA_WITH_SHA256, Der.bits(0, signature(keys.getPrivate(), content)));
  }

  private static byte[] extension(byte[] oid, byte[] value) {
    return Der.sequence(oid, Der.octets(value));
  }

  private static byte[] critical(byte[] oid, byte[] value) {
    return Der.sequence(oid, Der.yes(), Der.octets(value));
  }

  private static byte[] alternativeName(String host) {
    if (!host.contains(":") && !host.matches("[0-9.]+")) {
      return Der.implicit(DNS_NAME, host.getBytes(US_ASCII));
    }
    try {
      return Der.implicit(IP_ADDRESS, InetAddress.getByName(host).getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("make a certificate: no IP address: " + host, e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("make keys: this JVM has no P-256", e);
    }
  }

  private static byte[] signature(PrivateKey key, byte[] content) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sign a certificate", e);
    }
  }

  private static byte[] encoded(Key key) {
    byte[] encoded = key.getEncoded();
    if (encoded == null) {
      throw new IllegalStateException("make a certificate: the JVM's provider hides its keys");
    }
    return encoded;
  }

  private static String pem(String kind, byte[] content) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }
}
