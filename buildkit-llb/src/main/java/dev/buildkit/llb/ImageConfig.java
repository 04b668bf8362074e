/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an image says about itself and about how to run it: the config of an OCI image.
 *
 * <p>What a config leaves out reads as empty. Two configs are equal if their JSON is.
 */
public final class ImageConfig {
  private final String json;
  private final Map<?, ?> image;
  private final Map<?, ?> config;

  private ImageConfig(String json, Map<?, ?> image, Map<?, ?> config) {
    this.json = json;
    this.image = image;
    this.config = config;
  }

  /**
   * Reads the JSON of an OCI image config.
   *
   * @throws IllegalArgumentException if it is no JSON object
   */
  public static ImageConfig parse(String json) {
    try {
      Map<?, ?> image = object(Json.parse(requireNonNull(json, "json")), "the config");
      return new ImageConfig(json, image, object(image.get("config"), "config"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "read image config: " + e.getMessage() + "; pass the JSON of an OCI image config", e);
    }
  }

  /** Returns the JSON as it was read, which has more than the methods here tell. */
  public String json() {
    return json;
  }

  /** Returns the environment variables, in the order in which processes get them. */
  public Map<String, String> env() {
    Map<String, String> env = new LinkedHashMap<>();
    for (String variable : strings(config, "Env")) {
      int equals = variable.indexOf('=');
      String name = equals < 0 ? variable : variable.substring(0, equals);
      if (!name.isEmpty()) {
        env.put(name, equals < 0 ? "" : variable.substring(equals + 1));
      }
    }
    return Collections.unmodifiableMap(env);
  }

  /** Returns the working directory. */
  public String dir() {
    return string(config, "WorkingDir");
  }

  /** Returns whom processes run as, such as {@code app} or {@code 1000:1000}; empty for root. */
  public String user() {
    return string(config, "User");
  }

  /** Returns the program that a container runs, with its first arguments. */
  public List<String> entrypoint() {
    return strings(config, "Entrypoint");
  }

  /** Returns the arguments after those of the entrypoint, or the command if there is none. */
  public List<String> cmd() {
    return strings(config, "Cmd");
  }

  /** Returns the labels by their names. */
  public Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    if (config.get("Labels") instanceof Map<?, ?> map) {
      map.forEach((name, value) -> labels.put((String) name, value instanceof String s ? s : ""));
    }
    return Collections.unmodifiableMap(labels);
  }

  /** Returns the ports that a container listens on, such as {@code 80/tcp}. */
  public List<String> exposedPorts() {
    return keys("ExposedPorts");
  }

  /** Returns the directories that are to be volumes. */
  public List<String> volumes() {
    return keys("Volumes");
  }

  /** Returns the signal that ends a container, such as {@code SIGTERM}; empty for the default. */
  public String stopSignal() {
    return string(config, "StopSignal");
  }

  /** Returns what the image was made for, or empty if it does not say. */
  public Optional<Platform> platform() {
    if (string(image, "os").isEmpty() || string(image, "architecture").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Platform(
        string(image, "os"),
        string(image, "architecture"),
        string(image, "variant"),
        string(image, "os.version"),
        strings(image, "os.features")));
  }

  /** Returns the changes of metadata that Go's client makes to a state: those but for the user. */
  List<MetaChange> changes() {
    List<MetaChange> changes = new ArrayList<>();
    env().forEach((name, value) -> changes.add(MetaChange.env(name, value)));
    changes.add(MetaChange.dir(dir()));
    platform().ifPresent(platform -> changes.add(MetaChange.platform(platform)));
    return changes;
  }

  private List<String> keys(String key) {
    return config.get(key) instanceof Map<?, ?> set
        ? set.keySet().stream().map(String.class::cast).toList()
        : List.of();
  }

  private static Map<?, ?> object(@Nullable Object value, String what) {
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?> object) {
      return object;
    }
    throw new IllegalArgumentException(what + " is no object");
  }

  private static String string(Map<?, ?> object, String key) {
    return object.get(key) instanceof String value ? value : "";
  }

  private static List<String> strings(Map<?, ?> object, String key) {
    return object.get(key) instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ImageConfig other && json.equals(other.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  /** Returns the JSON. */
  @Override
  public String toString() {
    return json;
  }
}
