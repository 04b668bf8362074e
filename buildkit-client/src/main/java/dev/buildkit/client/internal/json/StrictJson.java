/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that may hold secrets: what is wrong with it is told by place and name, never by
 * content.
 */
public final class StrictJson {
  /** Some Windows programs begin each text so. */
  private static final String MARK = "\uFEFF";

  private final Map<String, @Nullable Object> members;

  private StrictJson(Map<String, @Nullable Object> members) {
    this.members = members;
  }

  /**
   * Reads a text; one of nothing but white space is an object without members.
   *
   * @throws IllegalArgumentException if it is no JSON object; the message says so as it follows the
   *     name of the text
   */
  public static StrictJson parse(String text) {
    String unmarked = text.startsWith(MARK) ? text.substring(1) : text;
    if (unmarked.isBlank()) {
      return new StrictJson(Map.of());
    }
    try {
      return new StrictJson(object("it", JsonReader.read(unmarked)));
    } catch (JsonProcessingException e) {
      // Neither its message nor itself as the cause: both quote the text.
      throw new IllegalArgumentException("is not JSON" + place(e.getLocation()));
    }
  }

  /**
   * Returns a member that is a text, and an empty one if it is absent.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public String text(String name) {
    Object member = members.get(name);
    if (member != null && !(member instanceof String)) {
      throw new IllegalArgumentException("has a " + name + " that is not a text");
    }
    return member == null ? "" : (String) member;
  }

  /**
   * Returns a member that is true or false, and false if it is absent.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public boolean flag(String name) {
    Object member = members.get(name);
    if (member != null && !(member instanceof Boolean)) {
      throw new IllegalArgumentException("has a " + name + " that is neither true nor false");
    }
    return Boolean.TRUE.equals(member);
  }

  /**
   * Returns a member that is a whole number, if it is there.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public Optional<Long> number(String name) {
    Object member = members.get(name);
    if (member == null) {
      return Optional.empty();
    }
    if (member instanceof Integer || member instanceof Long) {
      return Optional.of(((Number) member).longValue());
    }
    throw new IllegalArgumentException("has a " + name + " that is not a whole number");
  }

  /**
   * Returns the members of a member that is an object, and none if it is absent.
   *
   * @throws IllegalArgumentException if it, or a member of it, is something else
   */
  public Map<String, StrictJson> objects(String name) {
    return object(name).membersAsObjects("its " + name + " for ");
  }

  /**
   * Returns the elements of a member that is an array of objects, and none if it is absent.
   *
   * @throws IllegalArgumentException if it, or an element of it, is something else
   */
  public List<StrictJson> objectList(String name) {
    Object member = members.get(name);
    if (member != null && !(member instanceof List<?>)) {
      throw new IllegalArgumentException("has a " + name + " that is not an array");
    }
    List<StrictJson> objects = new ArrayList<>();
    for (Object element : member == null ? List.of() : (List<?>) member) {
      objects.add(new StrictJson(object("an element of " + name, element)));
    }
    return objects;
  }

  /**
   * Returns the members of this object.
   *
   * @throws IllegalArgumentException if one of them is no object
   */
  public Map<String, StrictJson> objects() {
    return membersAsObjects("its member ");
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

  /** Returns a copy that may be changed and written. */
  public JsonObject toObject() {
    return JsonObject.ofMembers(members);
  }

  /** Returns the names of the members. */
  public Set<String> names() {
    return members.keySet();
  }

  private Map<String, StrictJson> membersAsObjects(String what) {
    Map<String, StrictJson> objects = new LinkedHashMap<>();
    members.forEach((key, member) -> objects.put(key, new StrictJson(object(what + key, member))));
    return objects;
  }

  /**
   * Returns a member that is an object, and one without members if it is absent.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public StrictJson object(String name) {
    Object member = members.get(name);
    return new StrictJson(member == null ? Map.of() : object("its " + name, member));
  }

  @SuppressWarnings("unchecked") // The reader makes no other maps.
  private static Map<String, @Nullable Object> object(String what, @Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      return (Map<String, @Nullable Object>) object;
    }
    throw new IllegalArgumentException("is not as it should be: " + what + " is not a JSON object");
  }

  private static String place(@Nullable JsonLocation location) {
    return location == null
        ? ""
        : ", see line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
