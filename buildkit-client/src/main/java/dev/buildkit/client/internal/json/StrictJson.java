/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object that may hold secrets: what is wrong with it is told by place and name, never by
 * content.
 */
public final class StrictJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Some Windows programs begin each text so. */
  private static final String MARK = "\uFEFF";

  private final ObjectNode node;

  private StrictJson(ObjectNode node) {
    this.node = node;
  }

  /**
   * Reads a text; one of nothing but white space is an object without members.
   *
   * @throws IllegalArgumentException if it is no JSON object; the message says so as it follows the
   *     name of the text
   */
  public static StrictJson parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text.startsWith(MARK) ? text.substring(1) : text);
      return new StrictJson(node.isMissingNode() ? MAPPER.createObjectNode() : object("it", node));
    } catch (JsonProcessingException e) {
      // Neither its message nor itself as the cause: both quote the text.
      throw new IllegalArgumentException("is not JSON" + place(e.getLocation()));
    }
  }

  /** Returns the text of an object whose members are objects of texts. */
  public static String write(Map<String, Map<String, String>> members) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new AssertionError("maps of texts are always JSON", e);
    }
  }

  /**
   * Returns a member that is a text, and an empty one if it is absent.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public String text(String name) {
    JsonNode member = node.path(name);
    if (isAbsent(member)) {
      return "";
    }
    if (!member.isTextual()) {
      throw new IllegalArgumentException("has a " + name + " that is not a text");
    }
    return member.textValue();
  }

  /**
   * Returns a member that is true or false, and false if it is absent.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public boolean flag(String name) {
    JsonNode member = node.path(name);
    if (!isAbsent(member) && !member.isBoolean()) {
      throw new IllegalArgumentException("has a " + name + " that is neither true nor false");
    }
    return member.booleanValue();
  }

  /**
   * Returns a member that is a whole number, if it is there.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public Optional<Long> number(String name) {
    JsonNode member = node.path(name);
    if (isAbsent(member)) {
      return Optional.empty();
    }
    if (!member.canConvertToLong()) {
      throw new IllegalArgumentException("has a " + name + " that is not a whole number");
    }
    return Optional.of(member.longValue());
  }

  /**
   * Returns the members of a member that is an object, and none if it is absent.
   *
   * @throws IllegalArgumentException if it, or a member of it, is something else
   */
  public Map<String, StrictJson> objects(String name) {
    return objects("its " + name + " for ", object(name).members());
  }

  /**
   * Returns the elements of a member that is an array of objects, and none if it is absent.
   *
   * @throws IllegalArgumentException if it, or an element of it, is something else
   */
  public List<StrictJson> objectList(String name) {
    JsonNode member = node.path(name);
    if (!isAbsent(member) && !member.isArray()) {
      throw new IllegalArgumentException("has a " + name + " that is not an array");
    }
    List<StrictJson> objects = new ArrayList<>();
    member.forEach(
        element -> objects.add(new StrictJson(object("an element of " + name, element))));
    return objects;
  }

  /**
   * Returns the members of this object.
   *
   * @throws IllegalArgumentException if one of them is no object
   */
  public Map<String, StrictJson> objects() {
    return objects("its member ", members());
  }

  /**
   * Returns the members of a member that is an object of texts, and none if it is absent.
   *
   * @throws IllegalArgumentException if it, or a member of it, is something else
   */
  public Map<String, String> texts(String name) {
    StrictJson object = object(name);
    Map<String, String> texts = new LinkedHashMap<>();
    object.names().forEach(key -> texts.put(key, object.text(key)));
    return texts;
  }

  /** Returns the names of the members. */
  public Set<String> names() {
    return members().keySet();
  }

  private static Map<String, StrictJson> objects(String what, Map<String, JsonNode> members) {
    Map<String, StrictJson> objects = new LinkedHashMap<>();
    members.forEach((key, member) -> objects.put(key, new StrictJson(object(what + key, member))));
    return objects;
  }

  private StrictJson object(String name) {
    JsonNode member = node.path(name);
    return new StrictJson(
        isAbsent(member) ? MAPPER.createObjectNode() : object("its " + name, member));
  }

  private Map<String, JsonNode> members() {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    return members;
  }

  private static boolean isAbsent(JsonNode member) {
    return member.isMissingNode() || member.isNull();
  }

  private static ObjectNode object(String what, JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException("is not as it should be: " + what + " is not a JSON object");
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : ", see line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
