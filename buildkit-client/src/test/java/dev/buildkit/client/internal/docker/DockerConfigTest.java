/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerConfigTest {
  @TempDir
  private Path directory;

  @Test
  void theDirectoryIsTheOneThatTheEnvironmentNames() {
    assertThat(
            DockerConfig.directory(Map.of("DOCKER_CONFIG", "/etc/docker-ci", "HOME", "/home/me")))
        .isEqualTo(Path.of("/etc/docker-ci"));
  }

  @Test
  void theDirectoryIsElseInTheHomeDirectory() {
    Map<String, String> environment =
        Map.of("DOCKER_CONFIG", "", "HOME", "/home/me", "USERPROFILE", "/home/me");

    assertThat(DockerConfig.directory(environment)).isEqualTo(Path.of("/home/me/.docker"));
    assertThat(DockerConfig.directory(Map.of()))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".docker"));
  }

  @Test
  void aMissingFileOrDirectoryReadsAsEmpty() {
    DockerConfig config = DockerConfig.load(directory.resolve("missing"));

    assertThat(config.currentContext()).isEmpty();
    assertThat(config.auths()).isEmpty();
    assertThat(config.credsStore()).isEmpty();
    assertThat(config.credHelpers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"''", "' \n'", "{}", "'{\"auths\": null, \"credsStore\": \"\"}'", "\uFEFF{}"})
  void aFileWithoutContentReadsAsEmpty(String text) throws IOException {
    assertThat(load(text)).isEqualTo(DockerConfig.load(directory.resolve("missing")));
  }

  @Test
  void whatClientsOfBuildKitNeedIsRead() throws IOException {
    DockerConfig config = load("""
        {
          "currentContext": "colima",
          "credsStore": "osxkeychain",
          "credHelpers": {"ghcr.io": "gh"},
          "plugins": {"debug": {"hooks": "exec"}},
          "detachKeys": 7
        }
        """);

    assertThat(config.currentContext()).contains("colima");
    assertThat(config.credsStore()).contains("osxkeychain");
    assertThat(config.credHelpers()).containsExactly(Map.entry("ghcr.io", "gh"));
  }

  @Test
  void authsAreDecoded() throws IOException {
    DockerConfig config = load("""
        {"auths": {
          "ghcr.io": {"auth": "%s"},
          "https://index.docker.io/v1/": {"auth": "%s", "identitytoken": "id"},
          "old.example.com": {"username": "me", "password": "pw", "email": "me@example.com"},
          "token.example.com": {"registrytoken": "bearer"},
          "in-a-helper.example.com": {}
        }}
        """.formatted(base64("me:pass:word"), base64("me:padded\0\0")));

    assertThat(config.auths())
        .containsEntry("ghcr.io", AuthConfig.password("me", "pass:word"))
        .containsEntry("https://index.docker.io/v1/", new AuthConfig("me", "padded", "id", ""))
        .containsEntry("old.example.com", AuthConfig.password("me", "pw"))
        .containsEntry("token.example.com", new AuthConfig("", "", "", "bearer"))
        .containsEntry("in-a-helper.example.com", AuthConfig.EMPTY);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {"auths": {"h": {"auth": "s3cr3t"        | is not JSON, see line 1, column
      s3cr3t                                   | is not JSON, see line 1, column
      {} s3cr3t                                | is not JSON, see line 1, column
      ["s3cr3t"]                               | is not as it should be: it is not a JSON object
      {"auths": "s3cr3t"}                      | is not as it should be: its auths is not a JSON object
      {"auths": {"h": "s3cr3t"}}               | is not as it should be: its auths for h is not a JSON object
      {"auths": {"h": {"auth": {"s3cr3t": 1}}}}| has a auth that is not a text
      {"auths": {"h": {"auth": "s3cr3t!"}}}    | has an auth for h that is not base64
      {"auths": {"h": {"auth": "czNjcjN0"}}}   | has an auth for h that is not a user name, a colon and a password in base64
      {"auths": {"h": {"auth": "OnMzY3IzdA=="}}}| has an auth for h that is not a user name, a colon and a password in base64
      {"credsStore": ["s3cr3t"]}               | has a credsStore that is not a text
      {"credHelpers": {"h": 5}}                | has a h that is not a text
      """)
  void aMalformedFileIsNamedButNotQuoted(String text, String wrong) {
    Throwable failure = catchThrowable(() -> load(text));

    assertThat(failure)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("read " + directory.resolve("config.json") + ": it " + wrong)
        .hasMessageEndingWith("; correct it, or log in again with docker login")
        .hasNoCause();
    assertThat(failure.getMessage()).doesNotContain("s3cr3t", "czNj", "OnMz");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    Files.createDirectory(directory.resolve("config.json"));

    assertThatThrownBy(() -> DockerConfig.load(directory))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("read " + directory.resolve("config.json") + ": ")
        .hasMessageEndingWith("; let this user read it, or set DOCKER_CONFIG to another directory");
  }

  @Test
  void noSecretShows() throws IOException {
    assertThat(load("""
            {"auths": {"ghcr.io": {"auth": "%s", "identitytoken": "s3cr3t"}}}
            """.formatted(base64("me:s3cr3t"))))
        .hasToString(
            "DockerConfig[currentContext=Optional.empty, auths={ghcr.io=AuthConfig[hidden]},"
                + " credsStore=Optional.empty, credHelpers={}]");
    assertThat(AuthConfig.EMPTY).hasToString("AuthConfig[]");
  }

  private DockerConfig load(String text) throws IOException {
    Files.writeString(directory.resolve("config.json"), text);
    return DockerConfig.load(directory);
  }

  private static String base64(String login) {
    return Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
  }
}
