/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.gotext;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value with fields that have one name in templates and one in JSON.
 *
 * <p>The values of fields are texts, numbers, booleans, {@link Instant}, {@link java.time.Duration}, lists, maps, other structs, or null.
 */
public final class GoStruct {
  private final String type;
  private final List<Field> fields = new ArrayList<>();

  private GoStruct(String type) {
    this.type = type;
  }

  /** Returns a struct without fields, of a type that messages name. */
  public static GoStruct of(String type) {
    return new GoStruct(type);
  }

  /** Adds a field and returns this struct. */
  public GoStruct add(String name, String json, @Nullable Object value) {
    fields.add(new Field(name, json, value));
    return this;
  }

  /** Adds a field unless its value is empty, zero or false, and returns this struct. */
  public GoStruct addUnlessEmpty(String name, String json, @Nullable Object value) {
    fields.add(new Field(name, isEmpty(value) ? "" : json, value));
    return this;
  }

  /** Returns the field of a name. */
  public Optional<Field> field(String name) {
    return fields.stream().filter(field -> field.name.equals(name)).findFirst();
  }

  /** Returns the fields in their order. */
  public List<Field> fields() {
    return fields;
  }

  /** Returns the name of the type. */
  public String type() {
    return type;
  }

  /** Returns whether a value is one that Go takes for false. */
  static boolean isEmpty(@Nullable Object value) {
    return value == null
        || Boolean.FALSE.equals(value)
        || (value instanceof Number number && number.doubleValue() == 0)
        || (value instanceof CharSequence text && text.isEmpty())
        || (value instanceof Collection<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  /** Returns null instead of an empty list or map, which is what Go has where nothing was added. */
  public static @Nullable Object orNull(Object value) {
    return isEmpty(value) ? null : value;
  }

  /**
   * A field of a struct.
   *
   * @param json its name in JSON, or empty if it is left out there
   */
  public record Field(String name, String json, @Nullable Object value) {}
}
