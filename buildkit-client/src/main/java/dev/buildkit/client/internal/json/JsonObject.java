/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.json;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object to be written, with members in the order in which they are put.
 *
 * <p>As Go's {@code omitempty} does, a member that is empty, zero or false is left out, unless it is
 * put always. Bytes are written in base64. Not thread-safe.
 */
public final class JsonObject {
  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

  /** Returns an object of texts, the empty ones too. */
  public static JsonObject ofTexts(Map<String, String> texts) {
    JsonObject object = new JsonObject();
    texts.forEach(object::add);
    return object;
  }

  /** Returns an object with the members of one that was read. */
  static JsonObject ofMembers(Map<String, ? extends @Nullable Object> members) {
    JsonObject object = new JsonObject();
    object.members.putAll(members);
    return object;
  }

  /** Returns an array of objects in one line. */
  public static String array(List<JsonObject> objects) {
    return JsonWriter.inOneLine(objects);
  }

  /** Puts a text. */
  public JsonObject put(String name, String text) {
    return text.isEmpty() ? this : putAlways(name, text);
  }

  /** Puts a text, be it empty or not. */
  public JsonObject putAlways(String name, String text) {
    return add(name, text);
  }

  /** Puts a number. */
  public JsonObject put(String name, long number) {
    return number == 0 ? this : putAlways(name, number);
  }

  /** Puts a number, be it zero or not. */
  public JsonObject putAlways(String name, long number) {
    return add(name, number);
  }

  /** Puts a truth. */
  @CanIgnoreReturnValue
  public JsonObject put(String name, boolean value) {
    return value ? add(name, true) : this;
  }

  /** Puts bytes. */
  public JsonObject put(String name, byte[] bytes) {
    return bytes.length == 0 ? this : putAlways(name, bytes);
  }

  /** Puts bytes, be there any or not. */
  public JsonObject putAlways(String name, byte[] bytes) {
    return add(name, bytes);
  }

  /** Puts an object. */
  @CanIgnoreReturnValue
  public JsonObject put(String name, JsonObject object) {
    return add(name, object);
  }

  /** Puts an object if there is one. */
  public JsonObject put(String name, Optional<JsonObject> object) {
    object.ifPresent(value -> add(name, value));
    return this;
  }

  /** Puts an array of texts. */
  public JsonObject putTexts(String name, List<String> texts) {
    return putArray(name, texts);
  }

  /** Puts an array of pieces of bytes. */
  public JsonObject putBytes(String name, List<byte[]> pieces) {
    return putArray(name, pieces);
  }

  /** Puts an array of objects. */
  public JsonObject putObjects(String name, List<JsonObject> objects) {
    return putArray(name, objects);
  }

  private JsonObject putArray(String name, List<?> elements) {
    return elements.isEmpty() ? this : add(name, elements);
  }

  @CanIgnoreReturnValue
  private JsonObject add(String name, Object value) {
    members.put(name, value);
    return this;
  }

  Map<String, @Nullable Object> members() {
    return members;
  }

  /** Returns the object in lines that are indented, for files that people read. */
  public String toLines() {
    return JsonWriter.inLines(this);
  }

  /** Returns the object in one line. */
  @Override
  public String toString() {
    return JsonWriter.inOneLine(this);
  }
}
