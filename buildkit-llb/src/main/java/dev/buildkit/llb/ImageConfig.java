/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an image says about how to run it, as far as it matters to commands of a build: environment,
 * working directory and platform.
 */
final class ImageConfig {
  private final Map<?, ?> image;
  private final Map<?, ?> config;

  private ImageConfig(Map<?, ?> image, Map<?, ?> config) {
    this.image = image;
    this.config = config;
  }

  /** Reads the JSON of an OCI image config. */
  static ImageConfig parse(String json) {
    try {
      Map<?, ?> image = object(Json.parse(requireNonNull(json, "json")), "the config");
      return new ImageConfig(image, object(image.get("config"), "config"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "read image config: " + e.getMessage() + "; pass the JSON of an OCI image config", e);
    }
  }

  /** Returns the changes of metadata that make a state like the image. */
  List<MetaChange> changes() {
    List<MetaChange> changes = new ArrayList<>();
    for (String variable : strings(config, "Env")) {
      int equals = variable.indexOf('=');
      String name = equals < 0 ? variable : variable.substring(0, equals);
      if (!name.isEmpty()) {
        changes.add(MetaChange.env(name, equals < 0 ? "" : variable.substring(equals + 1)));
      }
    }
    changes.add(MetaChange.dir(string(config, "WorkingDir")));
    if (!string(image, "os").isEmpty() && !string(image, "architecture").isEmpty()) {
      changes.add(MetaChange.platform(platform()));
    }
    return changes;
  }

  private Platform platform() {
    return new Platform(
        string(image, "os"),
        string(image, "architecture"),
        string(image, "variant"),
        string(image, "os.version"),
        strings(image, "os.features"));
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
    List<String> strings = new ArrayList<>();
    if (object.get(key) instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof String string) {
          strings.add(string);
        }
      }
    }
    return strings;
  }
}
