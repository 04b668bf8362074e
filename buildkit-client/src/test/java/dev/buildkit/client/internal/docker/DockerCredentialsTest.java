/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the helpers of the test are shell scripts")
class DockerCredentialsTest {
  /** The text {@code me:file} as Docker writes it. */
  private static final String FILE_AUTH = "bWU6ZmlsZQ==";

  /** The text {@code me:variable}. */
  private static final String VARIABLE_AUTH = "bWU6dmFyaWFibGU=";

  private static final AuthConfig FROM_FILE = AuthConfig.password("me", "file");

  @TempDir
  private Path directory;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void onlyProgramsOfTheTestAreFound() {
    environment.put("PATH", directory.toString());
  }

  @Test
  void theFileAnswersForItsHosts() throws IOException {
    config("{\"auths\": {\"https://ghcr.io/v2/\": {\"auth\": \"" + FILE_AUTH + "\"}}}");

    assertThat(find("ghcr.io")).contains(FROM_FILE);
    assertThat(find("quay.io")).isEmpty();
  }

  @Test
  void dockerHubIsFoundByAnyOfItsNames() throws IOException {
    config("{\"auths\": {\"https://index.docker.io/v1/\": {\"auth\": \"" + FILE_AUTH + "\"}}}");
    assertThat(find("registry-1.docker.io")).contains(FROM_FILE);

    config("{\"auths\": {\"docker.io\": {\"auth\": \"" + FILE_AUTH + "\"}}}");
    assertThat(find("registry-1.docker.io")).contains(FROM_FILE);
  }

  @Test
  void theFileIsReadAnew() throws IOException {
    DockerCredentials credentials = new DockerCredentials(directory, environment);
    config("{\"auths\": {\"ghcr.io\": {\"auth\": \"" + FILE_AUTH + "\"}}}");

    assertThat(credentials.find(RegistryHost.of("ghcr.io"))).contains(FROM_FILE);
  }

  @Test
  void theStoreReplacesTheFileButForItsRegistryToken() throws IOException {
    helper("store", "from-store");
    config("{\"credsStore\": \"store\", \"auths\": {\"ghcr.io\": {\"auth\": \"" + FILE_AUTH
        + "\", \"registrytoken\": \"bearer\"}}}");

    assertThat(find("ghcr.io")).contains(new AuthConfig("ghcr.io", "from-store", "", "bearer"));
    assertThat(find("docker.io"))
        .contains(AuthConfig.password("https://index.docker.io/v1/", "from-store"));
  }

  @Test
  void theHelperOfAHostWinsOverTheStore() throws IOException {
    helper("store", "from-store");
    helper("gh", "from-gh");
    config("{\"credsStore\": \"store\", \"credHelpers\": {\"ghcr.io\": \"gh\"}}");

    assertThat(find("ghcr.io")).contains(AuthConfig.password("ghcr.io", "from-gh"));
    assertThat(find("quay.io")).contains(AuthConfig.password("quay.io", "from-store"));
  }

  @Test
  void anEmptyHelperLeavesAHostToTheFile() throws IOException {
    config("{\"credsStore\": \"missing\", \"credHelpers\": {\"ghcr.io\": \"\"},"
        + " \"auths\": {\"ghcr.io\": {\"auth\": \"" + FILE_AUTH + "\"}}}");

    assertThat(find("ghcr.io")).contains(FROM_FILE);
  }

  @Test
  void aHelperWithoutCredentialsMeansNone() throws IOException {
    var unused = Script.write(
        directory,
        "docker-credential-store",
        "echo 'credentials not found in native keychain'; exit 1");
    config("{\"credsStore\": \"store\"}");

    assertThat(find("ghcr.io")).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutAnyChoiceThePlatformsHelperIsAskedIfItIsThere() throws IOException {
    assertThat(find("ghcr.io")).isEmpty();

    helper("secretservice", "from-secretservice");
    assertThat(find("ghcr.io")).contains(AuthConfig.password("ghcr.io", "from-secretservice"));

    var unused = Script.write(directory, "pass", "exit 1");
    assertThat(find("ghcr.io")).isEmpty();
    helper("pass", "from-pass");
    assertThat(find("ghcr.io")).contains(AuthConfig.password("ghcr.io", "from-pass"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aChoiceKeepsThePlatformsHelperOut() throws IOException {
    helper("secretservice", "from-secretservice");
    config("{\"auths\": {\"ghcr.io\": {\"auth\": \"" + FILE_AUTH + "\"}}}");

    assertThat(find("quay.io")).isEmpty();
  }

  @Test
  void theVariableWinsAndTheRestIsFallBack() throws IOException {
    config("{\"auths\": {\"ghcr.io\": {\"auth\": \"" + FILE_AUTH + "\"},"
        + " \"quay.io\": {\"auth\": \"" + FILE_AUTH + "\"}}}");
    environment.put(
        "DOCKER_AUTH_CONFIG",
        "{\"auths\": {\"ghcr.io\": {\"auth\": \"" + VARIABLE_AUTH + "\"}}, \"credsStore\": \"x\"}");

    assertThat(find("ghcr.io")).contains(AuthConfig.password("me", "variable"));
    assertThat(find("quay.io")).contains(FROM_FILE);
  }

  @Test
  void aMalformedVariableIsRefusedAtOnce() {
    environment.put("DOCKER_AUTH_CONFIG", "s3cr3t");

    assertThatThrownBy(() -> new DockerCredentials(directory, environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("read DOCKER_AUTH_CONFIG: it is not JSON, see line 1")
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void aMalformedFileIsRefusedAtOnce() throws IOException {
    config("[]");

    assertThatThrownBy(() -> new DockerCredentials(directory, environment))
        .hasMessageContaining(directory.resolve("config.json").toString());
  }

  private Optional<AuthConfig> find(String host) {
    return new DockerCredentials(directory, environment).find(RegistryHost.of(host));
  }

  private void config(String text) throws IOException {
    Files.writeString(directory.resolve("config.json"), text);
  }

  /** Writes a helper that takes the registry for the user; PATH has no programs but the test's. */
  private void helper(String name, String secret) throws IOException {
    var unused = Script.write(
        directory,
        "docker-credential-" + name,
        "read -r key\necho \"{\\\"Username\\\":\\\"$key\\\",\\\"Secret\\\":\\\"" + secret
            + "\\\"}\"");
  }
}
