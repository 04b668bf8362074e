/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** A graph whose definition was made with BuildKit's Go client. */
record Vector(JsonNode json) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Returns all vectors in the order of their index. */
  static List<Vector> all() {
    List<Vector> vectors = new ArrayList<>();
    for (JsonNode entry : read("index.json")) {
      String path = entry.get("group").asText() + "/" + entry.get("name").asText() + ".json";
      vectors.add(new Vector(read(path)));
    }
    return vectors;
  }

  /** Reads a file of expectations. */
  static JsonNode read(String path) {
    try (InputStream in = Vector.class.getResourceAsStream("vectors/" + path)) {
      return MAPPER.readTree(Objects.requireNonNull(in, path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return json.get("group").asText() + "/" + json.get("name").asText();
  }

  boolean has(String key) {
    return json.has(key) && !json.get(key).isNull();
  }

  byte[] definition() {
    return Base64.getDecoder().decode(json.get("definition").asText());
  }

  /** Returns what the case gives to the call of marshal. */
  Constraints constraints() {
    JsonNode marshal = json.get("marshal");
    Constraints constraints =
        Constraints.none().localUniqueId(marshal.get("localUniqueID").asText());
    if (!marshal.get("platform").isNull()) {
      constraints = constraints.platform(platform(marshal.get("platform")));
    }
    if (marshal.has("caps")) {
      constraints = constraints.caps(
          marshal.get("caps").asText().equals("all")
              ? List.of("exec.meta.setsdefaultpath")
              : List.of());
    }
    for (JsonNode filter : marshal.path("require")) {
      constraints = constraints.require(filter.asText());
    }
    if (marshal.path("ignoreCache").asBoolean()) {
      constraints = constraints.ignoreCache();
    }
    if (marshal.has("customName")) {
      constraints = constraints.customName(marshal.get("customName").asText());
    }
    if (marshal.has("exportCache")) {
      constraints = constraints.exportCache(marshal.get("exportCache").asBoolean());
    }
    return constraints;
  }

  static Platform platform(JsonNode json) {
    List<String> features = new ArrayList<>();
    json.path("os.features").forEach(feature -> features.add(feature.asText()));
    return new Platform(
        json.get("os").asText(),
        json.get("architecture").asText(),
        json.path("variant").asText(),
        json.path("os.version").asText(),
        features);
  }

  @Override
  public String toString() {
    return name();
  }
}
