/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.internal.docker.AuthConfig;
import dev.buildkit.client.internal.docker.RegistryHost;
import dev.buildkit.client.transport.TlsOptions;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryAuthTest {
  private static final AuthConfig LOGIN = AuthConfig.password("me", "s3cr3t");

  @TempDir
  private Path directory;

  @Test
  void addedCredentialsBelongToTheirHost() {
    RegistryAuth auth = RegistryAuth.empty()
        .add("ghcr.io", "me", "s3cr3t")
        .addIdentityToken("localhost:5000", "id")
        .addRegistryToken("[::1]:5000", "bearer");

    assertThat(login(auth, "ghcr.io")).isEqualTo(LOGIN);
    assertThat(login(auth, "localhost:5000")).isEqualTo(new AuthConfig("", "", "id", ""));
    assertThat(login(auth, "[::1]:5000")).isEqualTo(new AuthConfig("", "", "", "bearer"));
    assertThat(login(auth, "localhost")).isEqualTo(AuthConfig.EMPTY);
    assertThat(login(auth, "quay.io")).isEqualTo(AuthConfig.EMPTY);
  }

  @Test
  void dockerHubHasOneName() {
    RegistryAuth auth = RegistryAuth.empty().add("docker.io", "me", "s3cr3t");

    assertThat(login(auth, "registry-1.docker.io")).isEqualTo(LOGIN);
    assertThatThrownBy(() -> auth.add("index.docker.io", "me", "other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("credentials for registry docker.io are given twice");
  }

  @Test
  void addLeavesTheOriginalAlone() {
    RegistryAuth empty = RegistryAuth.empty();

    assertThat(login(empty.add("ghcr.io", "me", "s3cr3t"), "ghcr.io")).isEqualTo(LOGIN);
    assertThat(login(empty, "ghcr.io")).isEqualTo(AuthConfig.EMPTY);
  }

  @Test
  void whatIsAddedGoesBeforeWhatIsLookedUp() {
    RegistryAuth auth = RegistryAuth.from(host -> Optional.of(Credentials.password("any", "pw")))
        .add("ghcr.io", "me", "s3cr3t");

    assertThat(login(auth, "ghcr.io")).isEqualTo(LOGIN);
    assertThat(login(auth, "quay.io")).isEqualTo(AuthConfig.password("any", "pw"));
  }

  @Test
  void providersAreAskedInOrderUntilOneKnowsTheHost() {
    List<String> asked = new ArrayList<>();
    RegistryAuth auth = RegistryAuth.from(host -> {
          asked.add("first " + host);
          return Optional.empty();
        })
        .or(RegistryAuth.empty().add("docker.io", "me", "s3cr3t"))
        .or(RegistryAuth.from(host -> {
          asked.add("last " + host);
          return Optional.empty();
        }));

    assertThat(login(auth, "registry-1.docker.io")).isEqualTo(LOGIN);
    assertThat(login(auth, "ghcr.io")).isEqualTo(AuthConfig.EMPTY);
    assertThat(asked).containsExactly("first docker.io", "first ghcr.io", "last ghcr.io");
  }

  @Test
  void dockersConfigIsUsedWhenTheDaemonAsks() throws IOException {
    RegistryAuth auth = RegistryAuth.dockerConfig(directory);
    Files.writeString(
        directory.resolve("config.json"),
        "{\"auths\": {\"ghcr.io\": {\"username\": \"me\", \"password\": \"s3cr3t\"}}}");

    assertThat(login(auth, "ghcr.io")).isEqualTo(LOGIN);
  }

  @Test
  void aMalformedConfigIsRefusedAtOnce() throws IOException {
    Files.writeString(directory.resolve("config.json"), "s3cr3t");

    assertThatThrownBy(() -> RegistryAuth.dockerConfig(directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("read " + directory.resolve("config.json"))
        .hasMessageNotContaining("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "https://ghcr.io", "ghcr.io/team", "me@ghcr.io", "ghcr.io:", "a b"})
  void whatIsNoHostIsRefused(String host) {
    assertThatThrownBy(() -> RegistryAuth.empty().add(host, "me", "s3cr3t"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("registry '" + host
            + "': this is no host; leave scheme and path out, as in ghcr.io or localhost:5000");
    assertThatThrownBy(() -> RegistryAuth.empty().tls(host, TlsOptions.systemRoots()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void emptyValuesAreRefused() {
    assertThatThrownBy(() -> RegistryAuth.empty().add("ghcr.io", "", "s3cr3t"))
        .hasMessage("credentials of a registry: the user name is empty; leave the registry out to"
            + " use it anonymously");
    assertThatThrownBy(() -> Credentials.password("me", ""))
        .hasMessageContaining("the password is empty");
    assertThatThrownBy(() -> Credentials.identityToken(""))
        .hasMessageContaining("the identity token is empty");
    assertThatThrownBy(() -> Credentials.registryToken(""))
        .hasMessageContaining("the registry token is empty");
  }

  @Test
  void aTokenServerKeepsItsName() {
    TlsOptions named = TlsOptions.systemRoots().serverName("example.com");

    assertThatThrownBy(() -> RegistryAuth.empty().tls("ghcr.io", named))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TLS for registry ghcr.io: the token server has the name that the registry"
            + " gives it; leave the server name out");
  }

  @Test
  void oneServiceIsServed() {
    for (RegistryAuth auth : List.of(
        RegistryAuth.anonymous(),
        RegistryAuth.empty().add("ghcr.io", "me", "s3cr3t").noClientToken(),
        RegistryAuth.dockerConfig(directory, Map.of("BUILDKIT_NO_CLIENT_TOKEN", "1")))) {
      assertThat(auth.services())
          .extracting(ServerServiceDefinition::getServiceDescriptor)
          .extracting(io.grpc.ServiceDescriptor::getName)
          .containsExactly("moby.filesync.v1.Auth");
    }
  }

  @Test
  void noSecretShows() {
    RegistryAuth auth = RegistryAuth.empty()
        .add("ghcr.io", "me", "s3cr3t")
        .or(RegistryAuth.dockerConfig(directory))
        .or(RegistryAuth.from(host -> Optional.empty()));

    assertThat(auth)
        .hasToString(
            "RegistryAuth[ghcr.io, " + directory.resolve("config.json") + ", CredentialProvider]");
    assertThat(RegistryAuth.anonymous()).hasToString("RegistryAuth[]");
    assertThat(Credentials.password("me", "s3cr3t")).hasToString("Credentials[hidden]");
  }

  @Test
  void credentialsAreEqualByTheirValues() {
    assertThat(Credentials.password("me", "pw"))
        .isEqualTo(Credentials.password("me", "pw"))
        .hasSameHashCodeAs(Credentials.password("me", "pw"))
        .isNotEqualTo(Credentials.password("me", "other"))
        .isNotEqualTo(Credentials.identityToken("pw"));
  }

  private static AuthConfig login(RegistryAuth auth, String host) {
    return auth.login(RegistryHost.of(host));
  }
}
