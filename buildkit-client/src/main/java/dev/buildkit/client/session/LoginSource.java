/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import dev.buildkit.client.internal.docker.AuthConfig;
import dev.buildkit.client.internal.docker.CachedCredentials;
import dev.buildkit.client.internal.docker.DockerConfig;
import dev.buildkit.client.internal.docker.DockerCredentials;
import dev.buildkit.client.internal.docker.RegistryHost;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where credentials come from.
 *
 * @param name says it without a secret
 */
record LoginSource(String name, Function<RegistryHost, Optional<AuthConfig>> find) {
  static LoginSource of(RegistryHost only, Credentials credentials) {
    return new LoginSource(
        only.name(),
        host -> host.equals(only) ? Optional.of(credentials.config()) : Optional.empty());
  }

  static LoginSource of(CredentialProvider provider) {
    return new LoginSource(
        "CredentialProvider", host -> provider.credentials(host.name()).map(Credentials::config));
  }

  static LoginSource dockerConfig(Path directory, Map<String, String> environment) {
    DockerCredentials credentials = new DockerCredentials(directory, environment);
    return new LoginSource(
        DockerConfig.file(directory).toString(), new CachedCredentials(credentials::find)::find);
  }

  @Override
  public String toString() {
    return name;
  }
}
