/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.internal;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * Writes JSON with the escapes that Go uses.
 *
 * <p>Lists of patterns are JSON inside an operation, so the choice among escapes is part of its digest.
 */
public final class GoJson {
  private GoJson() {}

  /** Returns texts as an array. */
  public static String array(List<String> values) {
    return values.stream().map(GoJson::string).collect(joining(",", "[", "]"));
  }

  /** Returns a text in quotes. */
  public static String string(String value) {
    StringBuilder json = new StringBuilder("\"");
    value.chars().forEach(c -> append((char) c, json));
    return json.append('"').toString();
  }

  private static void append(char c, StringBuilder json) {
    switch (c) {
      case '"', '\\' -> json.append('\\').append(c);
      case '\b' -> json.append("\\b");
      case '\f' -> json.append("\\f");
      case '\n' -> json.append("\\n");
      case '\r' -> json.append("\\r");
      case '\t' -> json.append("\\t");
      // What would end a script in an HTML page, or a line of JavaScript.
      case '<', '>', '&', '\u2028', '\u2029' -> json.append("\\u%04x".formatted((int) c));
      default -> json.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
    }
  }
}
