/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static dev.buildkit.testkit.TestRegistries.PASSWORD;
import static dev.buildkit.testkit.TestRegistries.USER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.session.RegistryAuth;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.State;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Where a registry wants other credentials, the error says which registry and what to do. */
@IntegrationTest
class RegistryRefusalIT extends RegistryTests {
  private final String name = UUID.randomUUID().toString();

  @TempDir
  private Path directory;

  private TestRegistries registries;
  private BuildKitClient client;
  private String basic;
  private String bearer;

  @BeforeEach
  void connect() throws Exception {
    registries = registries().findFirst().orElseThrow();
    client = registries.connect();
    basic = registries.basic();
    bearer = registries.bearer();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @RegistryTest
  void aWrongPasswordIsRefused() throws Exception {
    for (String host : List.of(basic, bearer)) {
      assertRefused(host, push(host, RegistryAuth.empty().add(host, USER, "wr0ng-s3cr3t")));
    }
  }

  @RegistryTest
  void missingCredentialsAreRefused() throws Exception {
    for (String host : List.of(basic, bearer)) {
      assertRefused(host, push(host, RegistryAuth.anonymous()));
      assertRefused(
          host, push(host, RegistryAuth.empty().add("other.example.com", USER, PASSWORD)));
    }
  }

  @RegistryTest
  void aPullIsRefused() {
    for (String host : List.of(basic, bearer)) {
      assertRefused(
          host,
          failure(() -> client.solve(
              SolveRequest.definition(State.image(image(host)).marshal()).build())));
    }
  }

  @RegistryTest
  void aDockerfileThatStartsFromAPrivateImageIsRefused() {
    for (String host : List.of(basic, bearer)) {
      assertRefused(
          host,
          failure(() ->
              client.solve(Builds.dockerfile("FROM " + image(host), directory).build())));
    }
  }

  @RegistryTest
  void aMissingCredentialHelperIsNamed() throws Exception {
    Files.writeString(directory.resolve("config.json"), "{\"credsStore\": \"" + name + "\"}");

    assertThat(push(basic, RegistryAuth.dockerConfig(directory)))
        .hasMessageContaining("ask the credential helper docker-credential-" + name + " for "
            + basic + ": there is no such program");
  }

  @RegistryTest
  void anUnknownAuthorityOfATokenServerIsNamed() throws Exception {
    assertThat(failure(() -> TestRegistries.push(
            client, RegistryAuth.empty().add(bearer, USER, PASSWORD), image(bearer), name)))
        .hasMessageContaining(
            "fetch a token for " + bearer + " from " + registries.issuer().realm())
        .hasMessageContaining("name its certificate authority with RegistryAuth.tls");
  }

  @RegistryTest
  void nothingIsLoggedButTheQuestion() throws Exception {
    PrintStream err = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, UTF_8));
    try {
      assertRefused(basic, push(basic, RegistryAuth.empty().add(basic, USER, "wr0ng-s3cr3t")));
      assertRefused(bearer, push(bearer, RegistryAuth.empty().add(bearer, USER, "wr0ng-s3cr3t")));
    } finally {
      System.setErr(err);
    }
    assertThat(log.toString(UTF_8))
        .contains("the daemon asks for the credentials of " + basic)
        .contains("the daemon asks for a token of " + bearer)
        .doesNotContain("s3cr3t");
  }

  private SolveException push(String host, RegistryAuth auth) throws Exception {
    RegistryAuth trusting = registries.trusting(auth);
    return failure(() -> TestRegistries.push(client, trusting, image(host), name));
  }

  private static SolveException failure(ThrowingCallable solve) {
    return catchThrowableOfType(SolveException.class, solve);
  }

  private static void assertRefused(String host, SolveException refused) {
    assertThat(refused.code()).isEqualTo(ErrorCode.DENIED);
    assertThat(refused)
        .hasMessageContaining("the registry " + host
            + " refused the credentials, or got none; check them, log in with 'docker login " + host
            + "'");
    StringWriter all = new StringWriter();
    refused.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).contains("401").doesNotContain("s3cr3t");
  }

  private String image(String host) {
    return host + "/" + name + ":1";
  }
}
