/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.docker;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Keeps what was found for a registry for a while, since one build asks many times and a helper may
 * make a person confirm each time. What was not found is looked for again: somebody may have logged
 * in.
 */
public final class CachedCredentials {
  /** What BuildKit's other clients take: tokens of some clouds live for 5 minutes. */
  private static final Duration LIFETIME = Duration.ofMinutes(4).plusSeconds(50);

  private final Function<RegistryHost, Optional<AuthConfig>> source;
  private final LongSupplier nanoTime;
  private final Map<RegistryHost, Entry> entries = new ConcurrentHashMap<>();

  /** Creates an empty cache of what a source finds. */
  public CachedCredentials(Function<RegistryHost, Optional<AuthConfig>> source) {
    this(source, System::nanoTime);
  }

  CachedCredentials(Function<RegistryHost, Optional<AuthConfig>> source, LongSupplier nanoTime) {
    this.source = source;
    this.nanoTime = nanoTime;
  }

  /** Returns what there is for a registry; several threads that want the same wait for one. */
  public Optional<AuthConfig> find(RegistryHost host) {
    return entries.computeIfAbsent(host, unused -> new Entry()).find(host);
  }

  private final class Entry {
    private Optional<AuthConfig> found = Optional.empty();
    private long since;

    Optional<AuthConfig> find(RegistryHost host) {
      synchronized (this) {
        long now = nanoTime.getAsLong();
        if (found.isEmpty() || now - since >= LIFETIME.toNanos()) {
          found = source.apply(host);
          since = now;
        }
        return found;
      }
    }
  }
}
