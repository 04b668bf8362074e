/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.solve;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
  private static final String LOCAL = "local";

  private final String type;
  private final Map<String, String> attrs;
  private final Optional<Path> directory;

  private CacheOptions(String type, Map<String, String> attrs, Optional<Path> directory) {
    this.type = type;
    this.attrs = attrs;
    this.directory = directory;
  }

  /**
   * Returns a cache of any type that the daemon knows, such as {@code gha} or {@code s3}.
   *
   * @throws IllegalArgumentException if the type is blank, or {@code local}, which has a factory of its own
   */
  public static CacheOptions of(String type) {
    if (type.isBlank()) {
      throw new IllegalArgumentException("cache type must not be blank");
    }
    if (type.equals(LOCAL)) {
      throw new IllegalArgumentException("cache type local: use CacheOptions.local");
    }
    return new CacheOptions(type, Map.of(), Optional.empty());
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

  /**
   * Returns the cache that is an OCI image layout in a directory of this machine. An export adds the blobs that the layout lacks, and
   * names the cache in its index after the solve succeeded; an import of a cache that is not there is left out with a warning in the log,
   * so that the first build needs no care.
   *
   * <p>Beside those of all caches, such as {@code mode}, there are the attributes {@code tag}, its name in the index, {@code latest} if
   * not set; for an import {@code digest}, instead of a tag; and for an export {@code reset}, which removes what the index does not
   * lead to any more when it is {@code true}. Without the program {@code flock}, or while other clients write to the directory, it
   * removes nothing and logs a warning.
   *
   * @param directory made by an export if it does not exist, together with its parents
   */
  public static CacheOptions local(Path directory) {
    return new CacheOptions(LOCAL, Map.of(), Optional.of(directory.toAbsolutePath()));
  }

  /** Returns the export type that embeds cache data in the exported image; import it with {@link #registry}. */
  public static CacheOptions inline() {
    return of("inline");
  }

  /**
   * Sets an attribute of the cache, replacing its former value.
   *
   * @throws IllegalArgumentException if the key is blank, or names the directory of a local cache
   */
  public CacheOptions attr(String key, String value) {
    if (key.isBlank()) {
      throw new IllegalArgumentException("cache " + type + ": attribute key must not be blank");
    }
    if (directory.isPresent() && (key.equals("src") || key.equals("dest"))) {
      throw new IllegalArgumentException(
          "cache local: attribute " + key + " is the directory; give it to CacheOptions.local");
    }
    Map<String, String> copy = new LinkedHashMap<>(attrs);
    copy.put(key, requireNonNull(value, "value"));
    return new CacheOptions(type, Collections.unmodifiableMap(copy), directory);
  }

  /** Returns BuildKit's name of the cache's type. */
  public String type() {
    return type;
  }

  /** Returns the attributes as the daemon gets them, but for the directory of a local cache. */
  public Map<String, String> attrs() {
    return attrs;
  }

  /** Returns the absolute path of a local cache. */
  public Optional<Path> directory() {
    return directory;
  }

  /** Returns the type and the keys; values may be credentials. */
  @Override
  public String toString() {
    return "CacheOptions[" + type + " " + attrs.keySet() + "]";
  }
}
