/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.docker;

import dev.buildkit.client.internal.json.StrictJson;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The credentials that Docker's own tools would use: those of {@code DOCKER_AUTH_CONFIG}, then of the
 * credential helper in charge, then of {@code config.json} itself. All is looked up anew each time.
 */
public final class DockerCredentials {
  private static final String VARIABLE = "DOCKER_AUTH_CONFIG";

  private final Path directory;
  private final Map<String, String> environment;

  /**
   * Creates the credentials of a configuration directory.
   *
   * @param environment such as {@code System.getenv()}; helpers are found by it and get it
   * @throws IllegalArgumentException if the file or {@code DOCKER_AUTH_CONFIG} is malformed
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  public DockerCredentials(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
    var unused = DockerConfig.load(directory);
    var unusedToo = variable();
  }

  /**
   * Returns what there is for a registry.
   *
   * @throws IllegalStateException if a credential helper fails
   */
  public Optional<AuthConfig> find(RegistryHost host) {
    return host.find(variable())
        .filter(auth -> !auth.isEmpty())
        .or(() -> find(host, DockerConfig.load(directory)))
        .filter(auth -> !auth.isEmpty());
  }

  private Optional<AuthConfig> find(RegistryHost host, DockerConfig config) {
    Optional<AuthConfig> inFile = host.find(config.auths());
    Optional<HelperProgram> helper = helper(host, config);
    if (helper.isEmpty()) {
      return inFile;
    }
    String registryToken = inFile.orElse(AuthConfig.EMPTY).registryToken();
    return Optional.of(
        helper.get().get(host.key()).orElse(AuthConfig.EMPTY).registryToken(registryToken));
  }

  private Optional<HelperProgram> helper(RegistryHost host, DockerConfig config) {
    return host.find(config.credHelpers())
        .or(config::credsStore)
        .or(() -> config.hasCredentials() ? Optional.empty() : platformHelper())
        .filter(name -> !name.isEmpty())
        .map(name -> new HelperProgram(name, environment));
  }

  /** Docker's own choice for a user who has made none, if it is installed. */
  private Optional<String> platformHelper() {
    Programs programs = new Programs(environment);
    String system = System.getProperty("os.name", "");
    String name;
    if (system.startsWith("Windows")) {
      name = "wincred";
    } else if (system.startsWith("Mac")) {
      name = "osxkeychain";
    } else {
      name = programs.find("pass").isPresent() ? "pass" : "secretservice";
    }
    return programs.find(HelperProgram.program(name)).map(program -> name);
  }

  private Map<String, AuthConfig> variable() {
    String text = environment.getOrDefault(VARIABLE, "");
    return DockerConfig.explained(
        "read " + VARIABLE, () -> DockerConfig.auths(StrictJson.parse(text)));
  }
}
