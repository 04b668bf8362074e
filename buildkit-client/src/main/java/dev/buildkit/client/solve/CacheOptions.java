/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.solve;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A place outside the daemon where build cache is imported from or exported to.
 *
 * <pre>{@code
 * CacheOptions.registry("registry.example.com/app:cache").attr("mode", "max")
 * }</pre>
 *
 * <p>Immutable. The attributes of each type are BuildKit's own; see its documentation of cache back-ends.
 */
public final class CacheOptions {
  private final String type;
  private final Map<String, String> attrs;

  private CacheOptions(String type, Map<String, String> attrs) {
    this.type = type;
    this.attrs = attrs;
  }

  /**
   * Returns a cache of any type that the daemon knows, such as {@code gha} or {@code s3}.
   *
   * @throws IllegalArgumentException if the type is blank, or {@code local}, which needs a content store in the client
   */
  public static CacheOptions of(String type) {
    if (type.isBlank()) {
      throw new IllegalArgumentException("cache type must not be blank");
    }
    if (type.equals("local")) {
      throw new IllegalArgumentException(
          "cache type local is not supported by this client; use a registry cache instead");
    }
    return new CacheOptions(type, Map.of());
  }

  /**
   * Returns the cache that is an image of its own in a registry.
   *
   * @throws IllegalArgumentException if the reference is blank
   */
  public static CacheOptions registry(String ref) {
    if (ref.isBlank()) {
      throw new IllegalArgumentException("registry cache: the image reference must not be blank");
    }
    return of("registry").attr("ref", ref);
  }

  /** Returns the export type that embeds cache data in the exported image; import it with {@link #registry}. */
  public static CacheOptions inline() {
    return of("inline");
  }

  /**
   * Sets an attribute of the cache, replacing its former value.
   *
   * @throws IllegalArgumentException if the key is blank
   */
  public CacheOptions attr(String key, String value) {
    if (key.isBlank()) {
      throw new IllegalArgumentException("cache " + type + ": attribute key must not be blank");
    }
    Map<String, String> copy = new LinkedHashMap<>(attrs);
    copy.put(key, requireNonNull(value, "value"));
    return new CacheOptions(type, Collections.unmodifiableMap(copy));
  }

  /** Returns BuildKit's name of the cache's type. */
  public String type() {
    return type;
  }

  /** Returns the attributes as the daemon gets them. */
  public Map<String, String> attrs() {
    return attrs;
  }

  /** Returns the type and the keys; values may be credentials. */
  @Override
  public String toString() {
    return "CacheOptions[" + type + " " + attrs.keySet() + "]";
  }
}
