/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A JSON object to be written, with members in the order in which they are put.
 *
 * <p>As Go's {@code omitempty} does, a member that is empty, zero or false is left out, unless it is
 * put always. Bytes are written in base64. Not thread-safe.
 */
public final class JsonObject {
  private final ObjectNode node = JsonNodeFactory.instance.objectNode();

  /** Puts a text. */
  public JsonObject put(String name, String text) {
    return text.isEmpty() ? this : putAlways(name, text);
  }

  /** Puts a text, be it empty or not. */
  public JsonObject putAlways(String name, String text) {
    return add(name, JsonNodeFactory.instance.textNode(text));
  }

  /** Puts a number. */
  public JsonObject put(String name, long number) {
    return number == 0 ? this : putAlways(name, number);
  }

  /** Puts a number, be it zero or not. */
  public JsonObject putAlways(String name, long number) {
    return add(name, JsonNodeFactory.instance.numberNode(number));
  }

  /** Puts a truth. */
  public JsonObject put(String name, boolean value) {
    return value ? add(name, JsonNodeFactory.instance.booleanNode(true)) : this;
  }

  /** Puts bytes. */
  public JsonObject put(String name, byte[] bytes) {
    return bytes.length == 0 ? this : putAlways(name, bytes);
  }

  /** Puts bytes, be there any or not. */
  public JsonObject putAlways(String name, byte[] bytes) {
    return add(name, JsonNodeFactory.instance.binaryNode(bytes));
  }

  /** Puts an object. */
  public JsonObject put(String name, Optional<JsonObject> object) {
    object.ifPresent(value -> add(name, value.node));
    return this;
  }

  /** Puts an array of texts. */
  public JsonObject putTexts(String name, List<String> texts) {
    return putArray(name, texts, JsonNodeFactory.instance::textNode);
  }

  /** Puts an array of pieces of bytes. */
  public JsonObject putBytes(String name, List<byte[]> pieces) {
    return putArray(name, pieces, JsonNodeFactory.instance::binaryNode);
  }

  /** Puts an array of objects. */
  public JsonObject putObjects(String name, List<JsonObject> objects) {
    return putArray(name, objects, object -> object.node);
  }

  /** Returns the object in one line. */
  @Override
  public String toString() {
    return node.toString();
  }

  private <T> JsonObject putArray(String name, List<T> elements, Function<T, JsonNode> element) {
    return elements.isEmpty()
        ? this
        : add(
            name,
            JsonNodeFactory.instance
                .arrayNode()
                .addAll(elements.stream().map(element).toList()));
  }

  @CanIgnoreReturnValue
  private JsonObject add(String name, JsonNode value) {
    node.set(name, value);
    return this;
  }
}
