/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.session.RegistryAuth;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.transport.TlsOptions;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Two registries over TLS that want credentials, one of them those of a token server, and a daemon
 * that trusts their certificate.
 */
final class TestRegistries implements AutoCloseable {
  static final String USER = "builder";
  static final String PASSWORD = "s3cr3t-of-the-test";
  static final String IDENTITY_TOKEN = "s3cr3t-identity";

  /** The password, hashed as registries want it. */
  private static final String HTPASSWD =
      USER + ":$2b$05$abcdefghijklmnopqrstuuBkyVgxY9.9Tpg2XYbpzvNlT3LKr0NSy\n";

  private final TestCertificate certificate;
  private final TokenIssuer issuer;
  private final PrivateRegistry basic;
  private final PrivateRegistry bearer;
  private final PrivateBuildkitd buildkitd;

  private TestRegistries(
      TestCertificate certificate,
      TokenIssuer issuer,
      PrivateRegistry basic,
      PrivateRegistry bearer,
      PrivateBuildkitd buildkitd) {
    this.certificate = certificate;
    this.issuer = issuer;
    this.basic = basic;
    this.bearer = bearer;
    this.buildkitd = buildkitd;
  }

  /** Starts them where there is a registry's program and the daemon can reach what it serves. */
  static Optional<TestRegistries> start(Path directory) throws Exception {
    String command = System.getProperty("buildkit.registry.command", "");
    return command.isEmpty() ? Optional.empty() : Optional.of(start(command, directory));
  }

  private static TestRegistries start(String command, Path directory) throws Exception {
    TestCertificate certificate = TestCertificate.make(directory);
    TokenIssuer issuer = TokenIssuer.start(certificate, USER, PASSWORD, IDENTITY_TOKEN);
    Path htpasswd = Files.writeString(directory.resolve("htpasswd"), HTPASSWD);
    PrivateRegistry basic = PrivateRegistry.start(
        command,
        Files.createDirectory(directory.resolve("basic")),
        certificate,
        "{htpasswd: {realm: test, path: '%s'}}".formatted(htpasswd));
    PrivateRegistry bearer = PrivateRegistry.start(
        command,
        Files.createDirectory(directory.resolve("bearer")),
        certificate,
        "{token: {realm: '%s', service: %s, issuer: %s, rootcertbundle: '%s'}}"
            .formatted(issuer.realm(), TokenIssuer.SERVICE, TokenIssuer.NAME, certificate.pem()));
    Path config = Files.writeString(
        directory.resolve("buildkitd.toml"),
        trust(basic, certificate) + trust(bearer, certificate));
    return new TestRegistries(certificate, issuer, basic, bearer, PrivateBuildkitd.spawn(config));
  }

  private static String trust(PrivateRegistry registry, TestCertificate certificate)
      throws Exception {
    return """
        [registry."%s"]
          http = false
          ca = ["%s"]
        """.formatted(registry.host(), certificate.pem());
  }

  /** Returns the host of the registry that takes passwords. */
  String basic() throws IOException {
    return basic.host();
  }

  /** Returns the host of the registry that takes tokens. */
  String bearer() throws IOException {
    return bearer.host();
  }

  TokenIssuer issuer() {
    return issuer;
  }

  TestCertificate certificate() {
    return certificate;
  }

  BuildKitClient connect() throws InterruptedException {
    return buildkitd.connect();
  }

  /** Lets the client trust the token server. */
  RegistryAuth trusting(RegistryAuth auth) throws Exception {
    return auth.tls(bearer.host(), TlsOptions.trusting(certificate.pem()));
  }

  /** Pushes an image with a file that has this content. */
  static void push(BuildKitClient client, RegistryAuth auth, String image, String content)
      throws InterruptedException {
    client.solve(SolveRequest.definition(
            State.scratch().file(FileAction.mkfile("/content", 0644, content)).marshal())
        .attach(auth)
        .export(Exporter.image(image).push())
        .build());
  }

  @Override
  public void close() {
    buildkitd.close();
    bearer.close();
    basic.close();
    issuer.close();
  }

  @Override
  public String toString() {
    return "registries over TLS";
  }
}
