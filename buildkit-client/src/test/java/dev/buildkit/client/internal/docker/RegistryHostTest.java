/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryHostTest {
  @ParameterizedTest
  @CsvSource({
    "registry-1.docker.io, docker.io",
    "index.docker.io, docker.io",
    "docker.io, docker.io",
    "https://index.docker.io/v1/, docker.io",
    "auth.docker.io, auth.docker.io",
    "ghcr.io, ghcr.io",
    "GHCR.io, ghcr.io",
    "localhost:5000, localhost:5000",
    "http://localhost:5000/v2/, localhost:5000",
    "registry.example.com/team/app, registry.example.com",
    "'', ''"
  })
  void addressesOfOneRegistryAreEqual(String address, String name) {
    assertThat(RegistryHost.of(address)).hasToString(name);
  }

  @Test
  void credentialsOfDockerHubAreKeptUnderItsFirstAddress() {
    assertThat(RegistryHost.of("registry-1.docker.io").key())
        .isEqualTo("https://index.docker.io/v1/");
    assertThat(RegistryHost.of("ghcr.io").key()).isEqualTo("ghcr.io");
  }

  @Test
  void theExactKeyWinsOverOneWithTheSameHost() {
    Map<String, String> values = Map.of("https://ghcr.io/v1/", "address", "ghcr.io", "host");

    assertThat(RegistryHost.of("ghcr.io").find(values)).contains("host");
    assertThat(RegistryHost.of("ghcr.io").find(Map.of("https://ghcr.io/v1/", "address")))
        .contains("address");
  }

  @ParameterizedTest
  @CsvSource({
    "evil.ghcr.io",
    "ghcr.io.evil.com",
    "ghcr.io:5000",
    "evil.com/ghcr.io",
    "ghcr.io@evil.com",
    "hcr.io"
  })
  void otherHostsFindNothing(String other) {
    assertThat(RegistryHost.of(other).find(Map.of("ghcr.io", "secret"))).isEmpty();
  }
}
