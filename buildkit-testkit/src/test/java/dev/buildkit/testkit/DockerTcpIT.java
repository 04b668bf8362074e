/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.export.DockerImageStore;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.transport.DockerTransport;
import dev.buildkit.client.transport.TlsOptions;
import dev.buildkit.client.transport.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Docker Engines at a port: open ones, and those that ask for mutual TLS. */
@IntegrationTest
class DockerTcpIT {
  private static final int SIZE = 5_000_000;

  @TempDir
  private Path sent;

  @TempDir
  private Path received;

  private Path file = Path.of("");

  @BeforeEach
  void writeFile() throws Exception {
    file = TestTrees.randomFile(sent.resolve("file"), SIZE);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("engines")
  void filesGoAndComeBack(DockerEngine engine) throws Exception {
    SendAndReceive.through(atPort(engine), sent, received);

    assertReceived();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("engines")
  void anImageIsLoaded(DockerEngine engine, BuildKitClient client) throws Exception {
    String image = "loaded-by-port-" + engine + ":" + System.nanoTime();
    try {
      client.solve(Builds.dockerfile("FROM busybox\nCMD [\"echo\", \"hello\"]\n", sent)
          .export(Exporter.docker(DockerImageStore.of(atPort(engine))).addName(image))
          .build());

      assertThat(engine.run(image)).isEqualTo("hello\n");
    } finally {
      engine.removeImage(image);
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("engineWithContainer")
  void aContainerIsReached(DockerEngine engine) throws Exception {
    SendAndReceive.through(
        Transport.dockerContainer("buildkitd").engine(engine.port().orElseThrow()), sent, received);

    assertReceived();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("enginesWithTls")
  void theEnvironmentLeadsToIt(DockerEngine engine) throws Exception {
    SendAndReceive.withVariables(
            List.of(
                "DOCKER_HOST=" + address(engine),
                "DOCKER_TLS_VERIFY=1",
                "DOCKER_CERT_PATH=" + certificates(engine)),
            "docker://",
            sent,
            received)
        .orFail();

    assertReceived();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("enginesWithTls")
  void aContextLeadsToIt(DockerEngine engine, @TempDir Path config) throws Exception {
    String endpoint = "host=%1$s,ca=%2$s/ca.pem,cert=%2$s/cert.pem,key=%2$s/key.pem"
        .formatted(address(engine), certificates(engine));
    Command.run(
            DockerEngine.CLIENT,
            "--config",
            config.toString(),
            "context",
            "create",
            "far",
            "--docker",
            endpoint)
        .orFail();

    SendAndReceive.withVariables(
            List.of("DOCKER_CONFIG=" + config), "docker://?context=far", sent, received)
        .orFail();

    assertReceived();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("enginesWithTls")
  void whoPresentsNoCertificateIsToldSo(DockerEngine engine) {
    TlsOptions nobody = TlsOptions.trusting(certificates(engine).resolve("ca.pem"));

    assertRefused(
        Transport.parse(address(engine)).tls(nobody),
        ErrorCode.UNAVAILABLE,
        "the server wants a client certificate, and none was presented"
            + " (certificate_required); give one with TlsOptions.clientCertificate");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("enginesWithTls")
  void whoTrustsAnotherAuthorityIsToldSo(DockerEngine engine) {
    assertRefused(
        Transport.parse(address(engine)).tls(TlsOptions.systemRoots()),
        ErrorCode.UNAVAILABLE,
        "the server's certificate CN=server, issued by CN=authority for tests comes from no trusted authority");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("enginesWithTls")
  void whoSpeaksWithoutTlsIsToldSo(DockerEngine engine) {
    assertRefused(
        Transport.parse(address(engine)),
        ErrorCode.INVALID,
        "the engine answers 400: Client sent an HTTP request to an HTTPS server. Connect with TLS:"
            + " set DOCKER_TLS_VERIFY and DOCKER_CERT_PATH, or give the engine's transport TlsOptions.");
  }

  private static void assertRefused(Transport port, ErrorCode code, String reason) {
    DockerTransport engine = Transport.docker().engine(port);
    assertThatThrownBy(() -> Daemon.connect(engine))
        .isInstanceOfSatisfying(
            BuildKitException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining("connect to " + engine.address() + ": " + reason);
  }

  private void assertReceived() {
    assertThat(received.resolve("file")).hasSameBinaryContentAs(file);
  }

  /** Where Docker runs the daemons no ports are told, and there is no test then. */
  static Stream<DockerEngine> engines() {
    return DockerEngine.all().filter(engine -> engine.port().isPresent());
  }

  static Stream<DockerEngine> enginesWithTls() {
    return engines().filter(engine -> engine.certificates().isPresent());
  }

  static Stream<DockerEngine> engineWithContainer() {
    return Stream.of(DockerEngine.ofContainer()).filter(engine -> engine.port().isPresent());
  }

  private static DockerTransport atPort(DockerEngine engine) {
    return Transport.docker().engine(engine.port().orElseThrow());
  }

  private static String address(DockerEngine engine) {
    return engine.port().orElseThrow().address();
  }

  private static Path certificates(DockerEngine engine) {
    return engine.certificates().orElseThrow();
  }
}
