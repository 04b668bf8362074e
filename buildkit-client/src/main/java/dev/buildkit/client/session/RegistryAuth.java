/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import static java.util.Objects.requireNonNull;

import dev.buildkit.client.internal.auth.AnonymousAuthService;
import dev.buildkit.client.internal.auth.AuthService;
import dev.buildkit.client.internal.auth.FileTokenSeeds;
import dev.buildkit.client.internal.auth.MemoryTokenSeeds;
import dev.buildkit.client.internal.auth.TokenSeeds;
import dev.buildkit.client.internal.docker.AuthConfig;
import dev.buildkit.client.internal.docker.DockerConfig;
import dev.buildkit.client.internal.docker.RegistryHost;
import dev.buildkit.client.transport.TlsOptions;
import io.grpc.ServerServiceDefinition;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * The credentials with which the daemon pulls from and pushes to registries.
 *
 * <pre>{@code
 * RegistryAuth.dockerConfig().add("registry.example.com", "ci", password)
 * }</pre>
 *
 * <p>The daemon asks for the credentials of a registry when that refuses an anonymous request. It gets only those of that
 * registry; where there are none it goes on anonymously, and that is no error. A registry that works with tokens is asked for one by
 * this client, so that its password does not reach the daemon. Credentials are in no log, exception or {@link #toString()}.
 *
 * <p>A solve without a {@code RegistryAuth} uses {@link #anonymous()}.
 *
 * <p>Immutable: each method returns a copy.
 */
public final class RegistryAuth implements Attachable {
  private static final Pattern HOST =
      Pattern.compile("([\\w.-]+|\\[[\\p{XDigit}:.]+])(:\\d{1,5})?");
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");

  private final List<LoginSource> sources;
  private final TokenSeeds seeds;
  private final Map<RegistryHost, TlsOptions> tls;
  private final boolean clientToken;

  private RegistryAuth(
      List<LoginSource> sources,
      TokenSeeds seeds,
      Map<RegistryHost, TlsOptions> tls,
      boolean clientToken) {
    this.sources = List.copyOf(sources);
    this.seeds = seeds;
    this.tls = Map.copyOf(tls);
    this.clientToken = clientToken;
  }

  /** Returns the auth that has no credentials for any registry, so that the daemon asks registries anonymously. */
  public static RegistryAuth anonymous() {
    return empty();
  }

  /** Returns the auth without credentials, to add some to. */
  public static RegistryAuth empty() {
    return new RegistryAuth(List.of(), new MemoryTokenSeeds(), Map.of(), true);
  }

  /**
   * Returns the credentials that Docker's tools use on this machine: those in {@code config.json} of the directory that
   * {@code DOCKER_CONFIG} names, else of {@code .docker} in the home directory.
   *
   * @throws IllegalArgumentException if {@code config.json} or {@code DOCKER_AUTH_CONFIG} is malformed
   * @throws java.io.UncheckedIOException if {@code config.json} cannot be read
   */
  public static RegistryAuth dockerConfig() {
    return dockerConfig(DockerConfig.directory(System.getenv()));
  }

  /**
   * Returns the credentials that Docker's tools use with a configuration directory.
   *
   * <p>They are looked up when the daemon asks, and kept for 4 minutes and 50 seconds: first in the environment variable {@code
   * DOCKER_AUTH_CONFIG}, then with the credential helper that {@code credHelpers} or {@code credsStore} names, or that of the
   * platform if the file has no credentials at all, else in {@code auths}. Helpers are found on the {@code PATH} and have 30
   * seconds. So that tokens can be reused, a random seed for each registry is kept in the file {@code .token_seed} of the
   * directory, if that can be written.
   *
   * @param directory where {@code config.json} is; there need not be any
   * @throws IllegalArgumentException if {@code config.json} or {@code DOCKER_AUTH_CONFIG} is malformed
   * @throws java.io.UncheckedIOException if {@code config.json} cannot be read
   */
  public static RegistryAuth dockerConfig(Path directory) {
    return dockerConfig(requireNonNull(directory, "directory"), System.getenv());
  }

  static RegistryAuth dockerConfig(Path directory, Map<String, String> environment) {
    return new RegistryAuth(
        List.of(LoginSource.dockerConfig(directory, environment)),
        new FileTokenSeeds(directory),
        Map.of(),
        !TRUE.contains(environment.getOrDefault("BUILDKIT_NO_CLIENT_TOKEN", "")));
  }

  /** Returns credentials that a provider finds when the daemon asks for them. */
  public static RegistryAuth from(CredentialProvider provider) {
    return new RegistryAuth(
        List.of(LoginSource.of(requireNonNull(provider, "provider"))),
        new MemoryTokenSeeds(),
        Map.of(),
        true);
  }

  /**
   * Adds a user name and a password for a registry, which go before what is looked up for it.
   *
   * @param host of the registry, with its port if references name one, such as {@code localhost:5000}; {@code docker.io} for
   *     Docker Hub
   * @throws IllegalArgumentException if the host is none or was added before, or a value is empty
   */
  public RegistryAuth add(String host, String username, String password) {
    return add(host, Credentials.password(username, password));
  }

  /**
   * Adds an identity token for a registry, which goes before what is looked up for it.
   *
   * @param host as for {@link #add}
   * @throws IllegalArgumentException if the host is none or was added before, or the token is empty
   */
  public RegistryAuth addIdentityToken(String host, String token) {
    return add(host, Credentials.identityToken(token));
  }

  /**
   * Adds a token that a registry takes as it is, which goes before what is looked up for it.
   *
   * @param host as for {@link #add}
   * @throws IllegalArgumentException if the host is none or was added before, or the token is empty
   */
  public RegistryAuth addRegistryToken(String host, String token) {
    return add(host, Credentials.registryToken(token));
  }

  /** Takes from another what this one has not: its credentials, and what it says of TLS. */
  public RegistryAuth or(RegistryAuth other) {
    Map<RegistryHost, TlsOptions> both = new HashMap<>(other.tls);
    both.putAll(tls);
    return new RegistryAuth(
        Stream.concat(sources.stream(), other.sources.stream()).toList(),
        seeds instanceof FileTokenSeeds ? seeds : other.seeds,
        both,
        clientToken && other.clientToken);
  }

  /**
   * Sets whom to trust, and what to present, at the token server of a registry. The default is what this JVM trusts. The connection of
   * the daemon to the registry itself is configured in {@code buildkitd.toml}.
   *
   * @param host as for {@link #add}; of the registry, not of its token server
   * @throws IllegalArgumentException if the host is none, or the options have a server name, which is the token server's own
   */
  public RegistryAuth tls(String host, TlsOptions options) {
    RegistryHost registry = registry(host);
    if (options.serverName().isPresent()) {
      throw new IllegalArgumentException(
          "TLS for registry " + host
              + ": the token server has the name that the registry gives it; leave the server name out");
    }
    Map<RegistryHost, TlsOptions> changed = new HashMap<>(tls);
    changed.put(registry, options);
    return new RegistryAuth(sources, seeds, changed, clientToken);
  }

  /**
   * Lets the daemon fetch tokens, for which it gets the passwords. It is for token servers that this machine cannot reach, and
   * what the environment variable {@code BUILDKIT_NO_CLIENT_TOKEN=1} does for {@link #dockerConfig()}.
   */
  public RegistryAuth noClientToken() {
    return new RegistryAuth(sources, seeds, tls, false);
  }

  @Override
  public List<ServerServiceDefinition> services() {
    return List.of(
        sources.isEmpty()
            ? new AnonymousAuthService().bindService()
            : new AuthService(this::login, seeds, this::sslContext, clientToken).bindService());
  }

  /** Returns where the credentials come from, and nothing of them. */
  @Override
  public String toString() {
    return "RegistryAuth" + sources;
  }

  AuthConfig login(RegistryHost host) {
    return sources.stream()
        .map(source -> source.find().apply(host))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(AuthConfig.EMPTY);
  }

  private Optional<SSLContext> sslContext(RegistryHost host) {
    return Optional.ofNullable(tls.get(host)).map(TlsOptions::sslContext);
  }

  private RegistryAuth add(String host, Credentials credentials) {
    LoginSource added = LoginSource.of(registry(host), credentials);
    if (sources.stream().anyMatch(source -> source.name().equals(added.name()))) {
      throw new IllegalArgumentException("credentials for registry " + added + " are given twice");
    }
    return new RegistryAuth(
        Stream.concat(Stream.of(added), sources.stream()).toList(), seeds, tls, clientToken);
  }

  private static RegistryHost registry(String host) {
    if (!HOST.matcher(requireNonNull(host, "host")).matches()) {
      throw new IllegalArgumentException("registry '" + host
          + "': this is no host; leave scheme and path out, as in ghcr.io or localhost:5000");
    }
    return RegistryHost.of(host);
  }
}
