/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static dev.buildkit.testkit.TestRegistries.IDENTITY_TOKEN;
import static dev.buildkit.testkit.TestRegistries.PASSWORD;
import static dev.buildkit.testkit.TestRegistries.USER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.session.Credentials;
import dev.buildkit.client.session.RegistryAuth;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Images are pushed to and pulled from registries that want credentials. */
@IntegrationTest
class RegistryAuthIT extends RegistryTests {
  private final String name = UUID.randomUUID().toString();

  @TempDir
  private Path directory;

  private TestRegistries registries;
  private BuildKitClient client;
  private TokenIssuer issuer;
  private String basic;
  private String bearer;

  @BeforeEach
  void connect() throws Exception {
    registries = registries().findFirst().orElseThrow();
    client = registries.connect();
    issuer = registries.issuer();
    basic = registries.basic();
    bearer = registries.bearer();
    issuer.oauth(true);
    var unused = issuer.takeRequests();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @RegistryTest
  void credentialsOfDockersConfigAreUsed() throws Exception {
    String auth = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8));
    Path config = config("{\"auths\": {\"%s\": {\"auth\": \"%s\"}, \"%s\": {\"auth\": \"%s\"}}}"
        .formatted(basic, auth, bearer, auth));

    pushAndPull(basic, RegistryAuth.dockerConfig(config));
    pushAndPull(bearer, trusting(RegistryAuth.dockerConfig(config)));

    assertThat(config.resolve(".token_seed")).content().contains(bearer);
  }

  @RegistryTest
  void credentialHelpersAreAsked() throws Exception {
    String script = "#!/bin/sh\n"
        + "test \"$1 $(cat)\" = 'get " + basic + "' || exit 1\n"
        + "echo '{\"Username\":\"" + USER + "\",\"Secret\":\"" + PASSWORD + "\"}'\n";
    Path helpers = Files.createDirectories(Path.of(System.getProperty("test.helpers")));
    Path helper = Files.writeString(helpers.resolve("docker-credential-" + name), script);
    try {
      Files.setPosixFilePermissions(helper, fromString("rwxr-xr-x"));
      Path config = config("{\"credHelpers\": {\"%s\": \"%s\"}}".formatted(basic, name));

      pushAndPull(basic, RegistryAuth.dockerConfig(config));
    } finally {
      Files.delete(helper);
    }
  }

  @RegistryTest
  void credentialsOfTheProgramAreUsed() throws Exception {
    pushAndPull(basic, RegistryAuth.empty().add(basic, USER, PASSWORD));
    pushAndPull(
        basic,
        RegistryAuth.from(asked -> asked.equals(basic)
            ? Optional.of(Credentials.password(USER, PASSWORD))
            : Optional.empty()));
  }

  @RegistryTest
  void aTokenServerGetsThePasswordFromTheClient() throws Exception {
    pushAndPull(bearer, trusting(RegistryAuth.empty().add(bearer, USER, PASSWORD)));

    assertThat(issuer.takeRequests()).isNotEmpty().containsOnly("POST buildkit-client-java");
  }

  /** The daemon shares tokens between sessions for pulls only. */
  @RegistryTest
  void tokensAreReusedByTheirOwnerOnly() throws Exception {
    RegistryAuth auth = trusting(RegistryAuth.empty().add(bearer, USER, PASSWORD));
    pushAndPull(bearer, auth);
    assertThat(issuer.takeRequests()).isNotEmpty();

    pull(bearer, auth);
    assertThat(issuer.takeRequests()).isEmpty();

    pull(bearer, trusting(RegistryAuth.empty().add(bearer, USER, PASSWORD)));
    assertThat(issuer.takeRequests()).isNotEmpty();
  }

  @RegistryTest
  void anIdentityTokenIsExchanged() throws Exception {
    pushAndPull(bearer, trusting(RegistryAuth.empty().addIdentityToken(bearer, IDENTITY_TOKEN)));

    assertThat(issuer.takeRequests()).isNotEmpty().containsOnly("POST buildkit-client-java");
  }

  @RegistryTest
  void aRegistryTokenNeedsNoTokenServer() throws Exception {
    String token = new TestJwt(registries.certificate())
        .sign(
            TokenIssuer.NAME,
            USER,
            TokenIssuer.SERVICE,
            List.of("repository:" + name + ":pull,push"));

    pushAndPull(bearer, RegistryAuth.empty().addRegistryToken(bearer, token));

    assertThat(issuer.takeRequests()).isEmpty();
  }

  @RegistryTest
  void aTokenServerWithoutOauthIsAskedInTheOlderWay() throws Exception {
    issuer.oauth(false);

    pushAndPull(bearer, trusting(RegistryAuth.empty().add(bearer, USER, PASSWORD)));

    assertThat(issuer.takeRequests())
        .containsOnly("POST buildkit-client-java", "GET buildkit-client-java");
  }

  @RegistryTest
  void theDaemonCanFetchTokensInstead() throws Exception {
    pushAndPull(bearer, RegistryAuth.empty().add(bearer, USER, PASSWORD).noClientToken());

    assertThat(issuer.takeRequests()).isNotEmpty().containsOnly("GET containerd");
  }

  private void pushAndPull(String host, RegistryAuth auth) throws Exception {
    TestRegistries.push(client, auth, image(host), name);
    pull(host, auth);
    assertThat(out().resolve("content")).hasContent(name);
  }

  private void pull(String host, RegistryAuth auth) throws InterruptedException {
    client.solve(SolveRequest.definition(State.image(image(host)).marshal())
        .attach(auth)
        .export(Exporter.local(out()))
        .build());
  }

  private Path out() {
    return directory.resolve("out");
  }

  private String image(String host) {
    return host + "/" + name + ":1";
  }

  private RegistryAuth trusting(RegistryAuth auth) throws Exception {
    return registries.trusting(auth);
  }

  private Path config(String text) throws IOException {
    Files.writeString(directory.resolve("config.json"), text);
    return directory;
  }
}
