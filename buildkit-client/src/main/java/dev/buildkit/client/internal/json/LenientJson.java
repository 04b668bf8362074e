/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that is read leniently: what is absent or of another kind reads as empty, zero or no
 * elements, and names match in any case, since daemons up to 0.10 write {@code Line} where later ones
 * write {@code line}.
 */
public final class LenientJson {
  private final @Nullable Object value;

  private LenientJson(@Nullable Object value) {
    this.value = value;
  }

  /** Returns the value of a text, and an absent value if the text is no JSON. */
  public static LenientJson parse(String text) {
    try {
      return new LenientJson(JsonReader.read(text));
    } catch (JsonProcessingException e) {
      return new LenientJson(null);
    }
  }

  /** Returns a member of this object. */
  public LenientJson at(String name) {
    return new LenientJson(member(name));
  }

  /** Returns the elements of a member that is an array. */
  public List<LenientJson> list(String name) {
    return member(name) instanceof List<?> elements
        ? elements.stream().map(LenientJson::new).toList()
        : List.of();
  }

  /** Returns the members of a member that is an object of strings; others read as empty. */
  public Map<String, String> texts(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (member(name) instanceof Map<?, ?> members) {
      members.forEach((key, member) -> texts.put((String) key, text(member)));
    }
    return texts;
  }

  /** Returns a member that is a string. */
  public String text(String name) {
    return text(member(name));
  }

  /** Returns a member that is a whole number, which may be written as a string. */
  public long number(String name) {
    Object member = member(name);
    if (member instanceof Number number) {
      return number.longValue();
    }
    try {
      return Long.parseLong(text(member));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Returns a member that holds UTF-8 text as base64. */
  public String textInBase64(String name) {
    try {
      return new String(Base64.getDecoder().decode(text(name)), UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Returns whether this is an object, be it an empty one. */
  public boolean isObject() {
    return value instanceof Map;
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }

  private @Nullable Object member(String name) {
    if (!(value instanceof Map<?, ?> members)) {
      return null;
    }
    if (members.containsKey(name)) {
      return members.get(name);
    }
    for (Map.Entry<?, ?> member : members.entrySet()) {
      if (name.equalsIgnoreCase((String) member.getKey())) {
        return member.getValue();
      }
    }
    return null;
  }
}
