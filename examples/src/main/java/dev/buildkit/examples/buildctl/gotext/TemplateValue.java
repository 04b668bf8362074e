/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.gotext;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value that a template names.
 *
 * @param position where the template names it, counted from 0 in its line, as line:column
 * @param function json, len, or empty
 * @param path the names of fields; none for the dot itself
 * @param literal a text that is meant instead of a path, or null
 */
record TemplateValue(
    String position,
    String function,
    List<String> path,
    @Nullable String literal) {
  @Nullable
  Object of(@Nullable Object dot) {
    @Nullable Object value = literal == null ? follow(dot) : literal;
    return switch (function) {
      case "json" -> GoJson.plain(value);
      case "len" -> length(value);
      default -> value;
    };
  }

  private @Nullable Object follow(@Nullable Object dot) {
    @Nullable Object value = dot;
    for (String name : path) {
      value = step(value, name);
    }
    return value;
  }

  private @Nullable Object step(@Nullable Object value, String name) {
    if (value instanceof Map<?, ?> map) {
      return map.get(name);
    }
    if (value instanceof GoStruct struct) {
      return struct
          .field(name)
          .orElseThrow(() -> failure("can't evaluate field " + name + " in type " + struct.type()))
          .value();
    }
    throw failure("can't evaluate field " + name + " of a list or a plain value");
  }

  private int length(@Nullable Object value) {
    if (value instanceof Collection<?> list) {
      return list.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value == null) {
      return 0;
    }
    return GoText.of(value).length();
  }

  IllegalArgumentException failure(String why) {
    return new IllegalArgumentException("template: :" + position + ": executing \"\" at <"
        + (path.isEmpty() ? "." : "." + String.join(".", path)) + ">: " + why);
  }
}
