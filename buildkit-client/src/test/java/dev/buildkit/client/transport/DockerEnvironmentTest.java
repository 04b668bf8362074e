/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerEnvironmentTest {
  /** The SHA-256 of {@code ci}, under which Docker keeps a context of this name. */
  private static final String CI =
      "1b158839f8aa339e89bb50b1603e90ec68e0fd5565fe10a7cb32729fddf7070a";

  @TempDir
  private Path config;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void useOwnDirectory() {
    environment.put("DOCKER_CONFIG", config.toString());
  }

  @Test
  void whatSaysMoreComesFirst() throws IOException {
    context("{\"Endpoints\":{\"docker\":{\"Host\":\"tcp://ci:1\"}}}");
    Files.writeString(config.resolve("config.json"), "{\"currentContext\":\"ci\"}");
    assertThat(engine(Transport.docker())).hasToString("tcp://ci:1");

    environment.put("DOCKER_CONTEXT", "default");
    assertThat(engine(Transport.docker()).address()).startsWith("unix://");

    environment.put("DOCKER_HOST", "tcp://host:1");
    assertThat(engine(Transport.docker())).hasToString("tcp://host:1");

    assertThat(engine(Transport.docker().context("ci"))).hasToString("tcp://ci:1");
    assertThat(engine(Transport.docker().context("default"))).hasToString("tcp://host:1");
    assertThat(engine(Transport.docker().engine(Transport.tcp("own", 1))))
        .hasToString("tcp://own:1");
  }

  @Test
  void aRootlessSocketIsTakenWhereTheSystemHasNone() throws IOException {
    Path runtime = Files.createDirectory(config.resolve("runtime"));
    Path socket = Files.createFile(runtime.resolve("docker.sock"));
    environment.put("XDG_RUNTIME_DIR", runtime.toString());
    boolean system = Files.isWritable(Path.of("/var/run/docker.sock"));

    assertThat(engine(Transport.docker()))
        .hasToString(system ? "unix:///var/run/docker.sock" : "unix://" + socket);
  }

  @Test
  void withoutAnySocketTheUsualOneIsNamed() {
    assertThat(engine(Transport.docker())).hasToString("unix:///var/run/docker.sock");
  }

  @Test
  void tlsIsThatOfTheVariables() throws IOException {
    environment.put("DOCKER_HOST", "tcp://host");
    environment.put("DOCKER_TLS_VERIFY", "1");
    environment.put("DOCKER_CERT_PATH", certificates(config.resolve("certs")).toString());

    TcpTransport engine = (TcpTransport) engine(Transport.docker());

    assertThat(engine).hasToString("tcp://host:2376");
    assertThat(engine.tls())
        .hasValueSatisfying(tls ->
            assertThat(tls.toString()).contains("clientCertificate=").doesNotContain("insecure"));

    environment.remove("DOCKER_TLS_VERIFY");
    assertThat(engine(Transport.docker())).hasToString("tcp://host:2375");
    environment.put("DOCKER_HOST", "unix:///d.sock");
    environment.put("DOCKER_TLS_VERIFY", "1");
    assertThat(engine(Transport.docker())).hasToString("unix:///d.sock");
  }

  @Test
  void missingCertificatesAreNamed() {
    environment.put("DOCKER_HOST", "tcp://host:2376");
    environment.put("DOCKER_TLS_VERIFY", "1");

    assertThatThrownBy(() -> engine(Transport.docker()))
        .isInstanceOf(BuildKitException.class)
        .hasMessageStartingWith("find the Docker Engine of docker://: DOCKER_HOST: ")
        .hasMessageContaining(config.resolve("ca.pem").toString());
  }

  @Test
  void tlsIsThatOfTheContext() throws IOException {
    context("{\"Endpoints\":{\"docker\":{\"Host\":\"tcp://ci:1\",\"SkipTLSVerify\":false}}}");
    assertThat(tcp(Transport.docker().context("ci")).tls()).isEmpty();

    Path tls = certificates(config.resolve(Path.of("contexts", "tls", CI, "docker")));
    assertThat(tcp(Transport.docker().context("ci")).tls())
        .hasValue(TlsOptions.trusting(tls.resolve("ca.pem"))
            .clientCertificate(tls.resolve("cert.pem"), tls.resolve("key.pem")));

    context("{\"Endpoints\":{\"docker\":{\"Host\":\"tcp://ci:1\",\"SkipTLSVerify\":true}}}");
    assertThat(tcp(Transport.docker().context("ci")).tls())
        .hasValue(TlsOptions.insecure()
            .clientCertificate(tls.resolve("cert.pem"), tls.resolve("key.pem")));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
      {"Endpoints":{}}                            | has no host of a Docker Engine; correct it with docker context update
      {"Endpoints":{"docker":{}}}                 | has no host of a Docker Engine; correct it with docker context update
      {"Endpoints":{"docker":{"Host":1}}}         | has a Host that is not a text; correct it with docker context update
      {"Endpoints":                               | is not JSON, see line 2, column 1; correct it with docker context update
      """)
  void aContextThatIsWrongIsNamedWithItsFile(String text, String problem) throws IOException {
    Path file = context(text + "\n");

    assertThatThrownBy(() -> engine(Transport.docker().context("ci")))
        .isInstanceOf(BuildKitException.class)
        .hasMessage("find the Docker Engine of docker://?context=ci: Docker context 'ci': " + file
            + " " + problem);
  }

  @Test
  void aContextThatDoesNotExistIsNamedWithItsFileAndWhoAskedForIt() {
    environment.put("DOCKER_CONTEXT", "ci");

    assertThatThrownBy(() -> engine(Transport.docker()))
        .isInstanceOfSatisfying(
            BuildKitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
        .hasMessage(
            "find the Docker Engine of docker://: DOCKER_CONTEXT: Docker context 'ci': there is no "
                + file()
                + "; choose one that docker context ls shows, or set DOCKER_CONFIG to the directory that has it");
  }

  private Transport engine(DockerTransport transport) {
    return transport.engine(environment);
  }

  private TcpTransport tcp(DockerTransport transport) {
    return (TcpTransport) engine(transport);
  }

  private Path file() {
    return config.resolve(Path.of("contexts", "meta", CI, "meta.json"));
  }

  private Path context(String text) throws IOException {
    Files.createDirectories(config.resolve(Path.of("contexts", "meta", CI)));
    return Files.writeString(file(), text);
  }

  private static Path certificates(Path directory) throws IOException {
    Files.createDirectories(directory);
    copy("rsa.crt", directory.resolve("ca.pem"));
    copy("rsa.crt", directory.resolve("cert.pem"));
    copy("rsa.pkcs8.key", directory.resolve("key.pem"));
    return directory;
  }

  private static void copy(String name, Path to) throws IOException {
    try (InputStream in = DockerEnvironmentTest.class.getResourceAsStream("tls/" + name)) {
      if (in == null) {
        throw new AssertionError("no " + name);
      }
      Files.copy(in, to);
    }
  }
}
