/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.transport.TlsOptions;
import dev.buildkit.client.transport.Transport;
import dev.buildkit.llb.State;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A daemon that asks for mutual TLS, and what it says to clients that it does not want. A daemon in Docker would not see
 * the certificates.
 */
@IntegrationTest
class TlsIT {
  /** A refusal that comes too late to be read comes so by chance only. */
  private static final int ATTEMPTS = 20;

  private final X509Bundle authority = authority("CN=ca");
  private final X509Bundle client = issue(builder("CN=client"), authority);

  @TempDir
  private Path directory;

  private String address = "";

  @TestFactory
  Stream<DynamicTest> asProcess() throws Exception {
    if (System.getProperty("buildkit.registry") == null) {
      return Stream.of();
    }
    PrivateBuildkitd buildkitd = PrivateBuildkitd.spawn(buildkitdToml());
    address = buildkitd.tcpAddress();
    return Stream.of(
            dynamicTest("files go and come back", this::filesGoAndComeBack),
            dynamicTest("another name is expected", this::anotherNameIsExpected),
            dynamicTest("a certificate is wanted", this::aCertificateIsWanted),
            dynamicTest("a stranger is refused", this::aStrangerIsRefused),
            dynamicTest("an expired client is refused", this::anExpiredClientIsRefused),
            dynamicTest("a plain client is told", this::aPlainClientIsTold))
        .onClose(buildkitd::close);
  }

  private void filesGoAndComeBack() throws Exception {
    Path files = Files.createDirectory(directory.resolve("certificates"));
    Files.writeString(files.resolve("ca.pem"), authority.getCertificatePEM());
    Files.writeString(files.resolve("cert.pem"), client.getCertificatePEM());
    Files.writeString(files.resolve("key.pem"), client.getPrivateKeyPEM());
    Path sent = Files.createDirectory(directory.resolve("sent"));
    Path file = TestTrees.randomFile(sent.resolve("file"), 20_000_000);
    Path received = directory.resolve("received");

    try (BuildKitClient daemon = connect(TlsOptions.directory(files))) {
      daemon.solve(SolveRequest.definition(State.local("sent").marshal())
          .localDir("sent", sent)
          .export(Exporter.local(received))
          .build());
    }

    assertThat(received.resolve("file")).hasSameBinaryContentAs(file);
  }

  private void anotherNameIsExpected() throws Exception {
    try (BuildKitClient daemon = connect(presenting(client).serverName("buildkitd"))) {
      assertThat(daemon.info().version()).isNotEmpty();
    }
    assertThat(refusal(presenting(client).serverName("other")))
        .isEqualTo("the server's certificate is for buildkitd, 127.0.0.1 and not for other;"
            + " correct the host, or expect one of these names with TlsOptions.serverName");
  }

  private void aCertificateIsWanted() {
    TlsOptions nobody = TlsOptions.trustingPem(authority.getCertificatePEM());

    for (int i = 0; i < ATTEMPTS; i++) {
      assertThat(refusal(nobody))
          .isEqualTo("the server wants a client certificate, and none was presented"
              + " (certificate_required); give one with TlsOptions.clientCertificate");
    }
  }

  private void aStrangerIsRefused() {
    X509Bundle stranger = issue(builder("CN=stranger"), authority("CN=other ca"));

    for (int i = 0; i < ATTEMPTS; i++) {
      assertThat(refusal(presenting(stranger)))
          .isEqualTo("the server does not trust the authority of the client certificate"
              + " CN=stranger, issued by CN=other ca;"
              + " present one of an authority that the server knows");
    }
  }

  private void anExpiredClientIsRefused() {
    X509Bundle old = issue(
        builder("CN=old")
            .notBefore(Instant.parse("2020-01-01T00:00:00Z"))
            .notAfter(Instant.parse("2021-01-01T00:00:00Z")),
        authority);

    for (int i = 0; i < ATTEMPTS; i++) {
      assertThat(refusal(presenting(old)))
          .isEqualTo("the server finds that the client certificate CN=old, issued by CN=ca, is not"
              + " valid now; it is from 2020-01-01T00:00:00Z to 2021-01-01T00:00:00Z,"
              + " so renew it or correct the clocks");
    }
  }

  private void aPlainClientIsTold() {
    assertThat(refusal(Transport.parse(address)))
        .isEqualTo("the connection was closed without an answer;"
            + " if the daemon wants TLS, connect with it; else correct the address");
  }

  private Path buildkitdToml() throws Exception {
    X509Bundle server = issue(
        builder("CN=server").addSanDnsName("buildkitd").addSanIpAddress("127.0.0.1"), authority);
    Path ca = Files.writeString(directory.resolve("ca.pem"), authority.getCertificatePEM());
    Path cert = Files.writeString(directory.resolve("server.pem"), server.getCertificatePEM());
    Path key = Files.writeString(directory.resolve("server.key"), server.getPrivateKeyPEM());
    return Files.writeString(directory.resolve("buildkitd.toml"), """
        [grpc.tls]
          ca = "%s"
          cert = "%s"
          key = "%s"
        """.formatted(ca, cert, key));
  }

  private TlsOptions presenting(X509Bundle certificate) {
    return TlsOptions.trustingPem(authority.getCertificatePEM())
        .clientCertificatePem(certificate.getCertificatePEM(), certificate.getPrivateKeyPEM());
  }

  private BuildKitClient connect(TlsOptions options) throws InterruptedException {
    return connect(Transport.parse(address).tls(options));
  }

  private static BuildKitClient connect(Transport transport) throws InterruptedException {
    return BuildKitClient.builder(transport)
        .connectTimeout(Duration.ofMinutes(1))
        .build();
  }

  private String refusal(TlsOptions options) {
    return refusal(Transport.parse(address).tls(options));
  }

  private String refusal(Transport transport) {
    BuildKitException failure =
        catchThrowableOfType(BuildKitException.class, () -> connect(transport).close());
    String prefix = "failed to reach the daemon: cannot connect to " + address + ": ";
    assertThat(failure).hasMessageStartingWith(prefix);
    assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    return String.valueOf(failure.getMessage()).substring(prefix.length());
  }

  private static CertificateBuilder builder(String subject) {
    return new CertificateBuilder()
        .algorithm(CertificateBuilder.Algorithm.ecp256)
        .subject(subject);
  }

  private static X509Bundle authority(String subject) {
    try {
      return builder(subject).setIsCertificateAuthority(true).buildSelfSigned();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static X509Bundle issue(CertificateBuilder builder, X509Bundle issuer) {
    try {
      return builder
          .addExtendedKeyUsageServerAuth()
          .addExtendedKeyUsageClientAuth()
          .buildIssuedBy(issuer);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
