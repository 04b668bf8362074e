/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildkitdConfigTest {
  @Test
  void nothingIsAnEmptyFile() {
    assertThat(BuildkitdConfig.empty().toToml()).isEmpty();
  }

  @Test
  void registriesFollowTheTextInTheOrderTheyWereAdded() {
    BuildkitdConfig config = BuildkitdConfig.empty()
        .text("debug = true")
        .addMirrors("docker.io", List.of("mirror:5000", "example.com/hub"))
        .addInsecure("mirror:5000")
        .addMirrors("docker.io", List.of("[::1]:5000"));
    assertThat(config.toToml()).isEqualTo("""
        debug = true
        [registry."docker.io"]
          mirrors = ["mirror:5000", "example.com/hub", "[::1]:5000"]
        [registry."mirror:5000"]
          http = true
          insecure = true
        """);
  }

  @Test
  void oneRegistryMayBeInsecureAndHaveMirrors() {
    BuildkitdConfig config =
        BuildkitdConfig.empty().addInsecure("a:1").addMirrors("a:1", List.of("b:2"));
    assertThat(config.toToml()).isEqualTo("""
        [registry."a:1"]
          mirrors = ["b:2"]
          http = true
          insecure = true
        """);
  }

  @Test
  void aTableOfTheTextIsNotRepeated() {
    BuildkitdConfig config = BuildkitdConfig.empty()
        .text("[registry.\"docker.io\"]\n  mirrors = [\"a\"]\n")
        .addMirrors("docker.io", List.of("b"));
    assertThatThrownBy(config::toToml)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("buildkitd.toml has a table [registry.\"docker.io\"] already;"
            + " put the mirror or the insecure registry there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://registry", "a\"]\nroot = \"/", "a b", "a\\u0022"})
  void namesThatNoRegistryHasAreRefused(String name) {
    BuildkitdConfig config = BuildkitdConfig.empty();
    String message = "'" + name
        + "' is no name of a registry; give a host, with a port if need be, such as registry:5000";
    assertThatThrownBy(() -> config.addInsecure(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> config.addMirrors("docker.io", List.of(name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
