/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.gotext;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes values as JSON on one line. */
public final class GoJson {
  private final boolean escapeHtml;
  private final StringBuilder json = new StringBuilder();

  private GoJson(boolean escapeHtml) {
    this.escapeHtml = escapeHtml;
  }

  /** Returns a value as JSON in which the characters of HTML are escaped, which is Go's default. */
  public static String escaped(@Nullable Object value) {
    return new GoJson(true).value(value).json.toString();
  }

  /** Returns a value as JSON in which the characters of HTML stand as they are. */
  public static String plain(@Nullable Object value) {
    return new GoJson(false).value(value).json.toString();
  }

  private GoJson value(@Nullable Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      json.append(value);
    } else if (value instanceof GoStruct struct) {
      struct(struct);
    } else if (value instanceof Map<?, ?> map) {
      map(map);
    } else if (value instanceof Iterable<?> list) {
      list(list);
    } else if (value instanceof Instant time) {
      string(GoTime.rfc3339(time));
    } else if (value instanceof Duration duration) {
      json.append(duration.toNanos());
    } else {
      string(value.toString());
    }
    return this;
  }

  private void struct(GoStruct struct) {
    String before = "{";
    for (GoStruct.Field field : struct.fields()) {
      if (!field.json().isEmpty()) {
        member(before, field.json(), field.value());
        before = ",";
      }
    }
    json.append(before.equals("{") ? "{}" : "}");
  }

  private void map(Map<?, ?> map) {
    Map<String, @Nullable Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(key.toString(), value));
    String before = "{";
    for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
      member(before, entry.getKey(), entry.getValue());
      before = ",";
    }
    json.append(before.equals("{") ? "{}" : "}");
  }

  private void member(String before, String name, @Nullable Object value) {
    json.append(before);
    string(name);
    json.append(':');
    value(value);
  }

  private void list(Iterable<?> list) {
    String before = "[";
    for (Object element : list) {
      json.append(before);
      value(element);
      before = ",";
    }
    json.append(before.equals("[") ? "[]" : "]");
  }

  private void string(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
    json.append('"');
  }

  private void character(char c) {
    switch (c) {
      case '"', '\\' -> json.append('\\').append(c);
      case '\n' -> json.append("\\n");
      case '\r' -> json.append("\\r");
      case '\t' -> json.append("\\t");
      case '\b' -> json.append("\\b");
      case '\f' -> json.append("\\f");
      case '<', '>', '&' -> html(c);
      case '\u2028', '\u2029' -> unicode(c);
      default -> {
        if (c < ' ') {
          unicode(c);
        } else {
          json.append(c);
        }
      }
    }
  }

  private void html(char c) {
    if (escapeHtml) {
      unicode(c);
    } else {
      json.append(c);
    }
  }

  private void unicode(char c) {
    json.append(String.format("\\u%04x", (int) c));
  }
}
