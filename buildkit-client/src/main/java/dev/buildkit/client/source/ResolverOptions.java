/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.source;

import static java.util.Objects.requireNonNull;

import dev.buildkit.client.session.Attachable;
import dev.buildkit.client.solve.SourcePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a daemon may use, and how long, when it finds out about sources.
 *
 * <pre>{@code
 * ResolverOptions.none().attach(RegistryAuth.dockerConfig()).timeout(Duration.ofSeconds(30))
 * }</pre>
 *
 * <p>Immutable: each method returns a copy.
 */
public final class ResolverOptions {
  private static final ResolverOptions NONE =
      new ResolverOptions(List.of(), Optional.empty(), Optional.empty());

  private final List<Attachable> attachables;
  private final Optional<Duration> timeout;
  private final Optional<SourcePolicy> sourcePolicy;

  private ResolverOptions(
      List<Attachable> attachables,
      Optional<Duration> timeout,
      Optional<SourcePolicy> sourcePolicy) {
    this.attachables = List.copyOf(attachables);
    this.timeout = timeout;
    this.sourcePolicy = sourcePolicy;
  }

  /** Returns the options with which registries are asked anonymously and without a limit of time. */
  public static ResolverOptions none() {
    return NONE;
  }

  /**
   * Offers services to the daemon, such as {@link dev.buildkit.client.session.RegistryAuth} for private registries or {@link
   * dev.buildkit.client.session.Secrets} for private repositories.
   */
  public ResolverOptions attach(Attachable attachable) {
    List<Attachable> longer = new ArrayList<>(attachables);
    longer.add(requireNonNull(attachable, "attachable"));
    return new ResolverOptions(longer, timeout, sourcePolicy);
  }

  /**
   * Limits how long one answer may take. By default there is no limit.
   *
   * @throws IllegalArgumentException if the duration is not positive
   */
  public ResolverOptions timeout(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("timeout must be positive, but was: " + limit);
    }
    return new ResolverOptions(attachables, Optional.of(limit), sourcePolicy);
  }

  /** Sets rules about the sources, which are those of the build. Daemons before 0.11 ignore them. */
  public ResolverOptions sourcePolicy(SourcePolicy policy) {
    return new ResolverOptions(attachables, timeout, Optional.of(policy));
  }

  /** Returns the services that the daemon may call back. */
  public List<Attachable> attachables() {
    return attachables;
  }

  /** Returns how long one answer may take, or empty if it may take forever. */
  public Optional<Duration> timeout() {
    return timeout;
  }

  /** Returns the rules about the sources. */
  public Optional<SourcePolicy> sourcePolicy() {
    return sourcePolicy;
  }
}
