/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The attributes of one exporter: immutable, and free of contradictions at every step. */
final class Attributes {
  private final String exporter;
  private final Map<String, String> map;

  private Attributes(String exporter, Map<String, String> map) {
    this.exporter = exporter;
    this.map = map;
  }

  static Attributes of(String exporter) {
    return new Attributes(exporter, Map.of());
  }

  String exporter() {
    return exporter;
  }

  Map<String, String> map() {
    return map;
  }

  Attributes set(String key, String value) {
    requireNonNull(key, "key");
    requireNonNull(value, "value");
    Map<String, String> changed = new LinkedHashMap<>(map);
    changed.put(key, value);
    AttributeRules.check(exporter, key, changed);
    return new Attributes(exporter, Collections.unmodifiableMap(changed));
  }

  Attributes flag(String key, boolean value) {
    return set(key, Boolean.toString(value));
  }

  /** Returns whether a flag is given and not false; an empty value is true. */
  boolean isTrue(String key) {
    return AttributeRules.isTrue(map, key);
  }

  List<String> names() {
    String names = map.getOrDefault("name", "");
    return names.isEmpty() ? List.of() : List.of(names.split(",", -1));
  }

  /** The wire has one string for all names, with commas between them. */
  Attributes addName(String name) {
    requireNonNull(name, "name");
    if (name.isBlank() || name.contains(",")) {
      throw new IllegalArgumentException("name of the image: must be one reference, but was: \""
          + name + "\"; add each on its own");
    }
    String before = map.getOrDefault("name", "");
    return set("name", before.isEmpty() ? name : before + "," + name);
  }

  Attributes compression(Compression compression) {
    return set("compression", requireNonNull(compression, "compression").name());
  }

  Attributes compressionLevel(int level) {
    return set("compression-level", Integer.toString(level));
  }

  Attributes sourceDateEpoch(Instant time) {
    return set("source-date-epoch", Long.toString(time.getEpochSecond()));
  }

  Attributes annotation(String prefix, String key, String value) {
    requireNonNull(key, "key");
    if (key.isEmpty() || key.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException(
          "annotation: the key must not be empty or have white space," + " but was: \"" + key
              + "\"");
    }
    return set(prefix + key, value);
  }

  @Override
  public String toString() {
    return exporter + map;
  }
}
