/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import static java.util.Objects.requireNonNull;

import dev.buildkit.llb.Platform;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The attributes of one exporter: immutable, and free of contradictions at every step. */
final class Attributes {
  /** What BuildKit takes for a platform in the name of an attribute. */
  private static final Pattern PLATFORM = Pattern.compile("[A-Za-z0-9_/-]+");

  private final String exporter;
  private final Map<String, String> map;

  private Attributes(String exporter, Map<String, String> map) {
    this.exporter = exporter;
    this.map = map;
  }

  static Attributes of(String exporter) {
    return new Attributes(exporter, Map.of());
  }

  /** Returns those of an exporter that writes no archive. */
  static Attributes layout(String exporter) {
    return new Attributes(exporter, Map.of("tar", "false"));
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

  Attributes annotation(AnnotationType type, String key, String value) {
    return annotation(type.attribute(), key, value);
  }

  Attributes annotation(AnnotationType type, Platform platform, String key, String value) {
    if (!type.isOfPlatform()) {
      throw new IllegalArgumentException(
          "annotation " + key + ": the index is that of all platforms; leave " + platform + " out");
    }
    // Daemons before 0.34 know each platform by one name only.
    String text = platform.normalized().toString();
    if (!PLATFORM.matcher(text).matches()) {
      // The daemon would take it for metadata of the image and say nothing.
      throw new IllegalArgumentException("annotation " + key + ": BuildKit takes a platform as os,"
          + " architecture and variant here, but it was: " + text);
    }
    return annotation(type.attribute() + "[" + text + "]", key, value);
  }

  /** Sets one by the short name, which old daemons know, too. */
  Attributes annotation(String key, String value) {
    return annotation("annotation", key, value);
  }

  private Attributes annotation(String attribute, String key, String value) {
    requireNonNull(key, "key");
    if (key.isEmpty() || key.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException(
          "annotation: the key must not be empty or have white space, but was: \"" + key + "\"");
    }
    return set(attribute + "." + key, value);
  }

  @Override
  public String toString() {
    return exporter + map;
  }
}
