/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.docker;

import static java.util.Locale.ROOT;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A registry by its host, with a port if it is not the usual one. Docker Hub has several hosts, which
 * all read as {@code docker.io}.
 */
public record RegistryHost(String name) {
  private static final String HUB = "docker.io";
  private static final Set<String> HUB_HOSTS =
      Set.of(HUB, "index.docker.io", "registry-1.docker.io");

  /** The address of Docker Hub's first interface, by which Docker still stores its credentials. */
  private static final String HUB_KEY = "https://index.docker.io/v1/";

  /** Returns the registry of a host, or of an address that may have a scheme and a path. */
  public static RegistryHost of(String address) {
    String afterScheme =
        address.substring(address.indexOf("://") < 0 ? 0 : address.indexOf("://") + 3);
    int path = afterScheme.indexOf('/');
    String host = (path < 0 ? afterScheme : afterScheme.substring(0, path)).toLowerCase(ROOT);
    return new RegistryHost(HUB_HOSTS.contains(host) ? HUB : host);
  }

  /** Returns the name by which Docker and its credential helpers keep the credentials. */
  String key() {
    return name.equals(HUB) ? HUB_KEY : name;
  }

  /** Returns the value for this registry: that of its exact key, else of one with the same host. */
  <V> Optional<V> find(Map<String, V> values) {
    V exact = values.get(key());
    if (exact != null) {
      return Optional.of(exact);
    }
    return values.entrySet().stream()
        .filter(entry -> equals(of(entry.getKey())))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  @Override
  public String toString() {
    return name;
  }
}
