/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.api.Test;
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

  @ParameterizedTest
  @MethodSource("engines")
  void filesGoAndComeBack(DockerEngine engine) throws Exception {
    SendAndReceive.through(atPort(engine), sent, received);

    assertReceived();
  }

  @ParameterizedTest
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

  @Test
  void aContainerIsReached() throws Exception {
    DockerEngine engine = DockerEngine.ofContainer();
    assumeTrue(engine.port().isPresent(), "there is no engine at a port");

    SendAndReceive.through(
        Transport.dockerContainer("buildkitd").engine(engine.port().orElseThrow()), sent, received);

    assertReceived();
  }

  @Test
  void theEnvironmentLeadsToIt() throws Exception {
    DockerEngine engine = withTls();

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

  @Test
  void aContextLeadsToIt(@TempDir Path config) throws Exception {
    DockerEngine engine = withTls();
    String endpoint = "host=%1$s,ca=%2$s/ca.pem,cert=%2$s/cert.pem,key=%2$s/key.pem"
        .formatted(address(engine), certificates(engine));
    Command.run(
            "docker",
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

  @Test
  void whoPresentsNoCertificateIsToldSo() {
    DockerEngine engine = withTls();
    TlsOptions nobody = TlsOptions.trusting(certificates(engine).resolve("ca.pem"));

    assertRefused(
        Transport.parse(address(engine)).tls(nobody),
        ErrorCode.UNAVAILABLE,
        "the server wants a client certificate, and none was presented"
            + " (certificate_required); give one with TlsOptions.clientCertificate");
  }

  @Test
  void whoTrustsAnotherAuthorityIsToldSo() {
    assertRefused(
        Transport.parse(address(withTls())).tls(TlsOptions.systemRoots()),
        ErrorCode.UNAVAILABLE,
        "the server's certificate CN=server, issued by CN=authority for tests comes from no trusted authority");
  }

  @Test
  void whoSpeaksWithoutTlsIsToldSo() {
    assertRefused(
        Transport.parse(address(withTls())),
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

  static Stream<DockerEngine> engines() {
    List<DockerEngine> engines =
        DockerEngine.all().filter(engine -> engine.port().isPresent()).toList();
    assumeTrue(!engines.isEmpty(), "there is no Docker Engine at a port");
    return engines.stream();
  }

  private static DockerEngine withTls() {
    List<DockerEngine> engines =
        engines().filter(engine -> engine.certificates().isPresent()).toList();
    assumeTrue(!engines.isEmpty(), "there is no Docker Engine that asks for TLS");
    return engines.get(0);
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
