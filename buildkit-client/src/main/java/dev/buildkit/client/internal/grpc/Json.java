/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A JSON value that is read leniently: what is absent or of another kind reads as empty, zero or no
 * elements, and names match in any case, since daemons up to 0.10 write {@code Line} where later ones
 * write {@code line}.
 */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JsonNode node;

  private Json(JsonNode node) {
    this.node = node;
  }

  /** Returns the value of a text, and an absent value if the text is no JSON. */
  static Json parse(String text) {
    try {
      return new Json(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      return new Json(MissingNode.getInstance());
    }
  }

  /** Returns a member of this object. */
  Json at(String name) {
    return new Json(member(name));
  }

  /** Returns the elements of a member that is an array. */
  List<Json> list(String name) {
    return StreamSupport.stream(arrayOrEmpty(name).spliterator(), false)
        .map(Json::new)
        .toList();
  }

  /** Returns a member that is a string. */
  String text(String name) {
    JsonNode member = member(name);
    return member.isTextual() ? member.textValue() : "";
  }

  /** Returns a member that is a whole number, which may be written as a string. */
  long number(String name) {
    return member(name).asLong();
  }

  /** Returns a member that holds UTF-8 text as base64. */
  String textInBase64(String name) {
    try {
      return new String(Base64.getDecoder().decode(text(name)), UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Returns whether this is an object, be it an empty one. */
  boolean isObject() {
    return node.isObject();
  }

  private JsonNode arrayOrEmpty(String name) {
    JsonNode member = member(name);
    return member.isArray() ? member : MissingNode.getInstance();
  }

  private JsonNode member(String name) {
    JsonNode exact = node.get(name);
    if (exact != null) {
      return exact;
    }
    return node.properties().stream()
        .filter(member -> member.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(MissingNode.getInstance());
  }
}
