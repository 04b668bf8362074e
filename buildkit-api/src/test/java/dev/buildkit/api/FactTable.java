/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts of one .proto file of BuildKit as its Go code has them, from a table that was made from
 * the descriptors that are compiled into buildkitd v0.32.2.
 */
final class FactTable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<Fact> facts = new ArrayList<>();

  private FactTable() {}

  static List<JsonNode> index() {
    List<JsonNode> rows = new ArrayList<>();
    read("00_index.json").forEach(rows::add);
    return rows;
  }

  static List<Fact> facts(String table) {
    JsonNode file = read(table);
    FactTable reader = new FactTable();
    reader.add("package", file.get("package").asText(), file.get("syntax").asText());
    file.path("services").forEach(reader::addService);
    file.path("messages").forEach(reader::addMessage);
    file.path("enums").forEach(reader::addEnum);
    return reader.facts;
  }

  private static JsonNode read(String table) {
    try (InputStream in = FactTable.class.getResourceAsStream("/wire/" + table)) {
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("no table " + table, e);
    }
  }

  private void addService(JsonNode service) {
    add("service", service.get("full_name").asText(), "");
    for (JsonNode method : service.get("methods")) {
      add(
          "method",
          method.get("grpc_path").asText(),
          stream(method.get("client_streaming")) + method.get("request").asText() + " returns "
              + stream(method.get("server_streaming")) + method.get("response").asText());
    }
  }

  private static String stream(JsonNode streaming) {
    return streaming.booleanValue() ? "stream " : "";
  }

  private void addMessage(JsonNode message) {
    String name = message.get("full_name").asText();
    add(
        "message",
        name,
        list(message.path("oneofs")) + " reserved " + list(message.path("reserved")));
    for (JsonNode field : message.get("fields")) {
      add("field", name + "." + field.get("name").asText(), field(field));
    }
    message.path("nested_messages").forEach(this::addMessage);
    message.path("nested_enums").forEach(this::addEnum);
  }

  private static String field(JsonNode field) {
    return field.get("number") + " " + field.get("label").asText()
        + " " + type(field)
        + " json " + field.get("json").asText()
        + word(" oneof ", field.path("oneof").asText())
        + flag(field, "packed") + flag(field, "deprecated") + flag(field, "explicit_optional");
  }

  private static String type(JsonNode field) {
    return switch (field.get("kind").asText()) {
      case "map" ->
        field.get("map_key").asText() + " to " + field.get("map_value").asText();
      case "message", "enum" ->
        field.get("kind").asText() + " " + field.get("type").asText();
      default -> field.get("kind").asText();
    };
  }

  private void addEnum(JsonNode type) {
    String name = type.get("full_name").asText();
    add("enum", name, "");
    for (JsonNode value : type.get("values")) {
      add("value", name + "." + value.get("name").asText(), value.get("number").asText());
    }
  }

  private static String flag(JsonNode field, String name) {
    return field.path(name).booleanValue() ? " " + name : "";
  }

  private static String word(String before, String word) {
    return word.isEmpty() ? "" : before + word;
  }

  private static List<String> list(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  private void add(String kind, String name, String value) {
    facts.add(new Fact(kind + " " + name, value));
  }
}
