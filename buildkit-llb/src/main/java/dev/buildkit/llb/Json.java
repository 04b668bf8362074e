/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into maps, lists, strings, booleans and null; numbers stay text.
 *
 * <p>Image configs are all that is read here, so a library is not worth its weight.
 */
final class Json {
  private static final int MAX_DEPTH = 100;

  private final String text;
  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  /**
   * Returns the value that {@code text} holds.
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  static @Nullable Object parse(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.skipSpace();
    if (json.at < text.length()) {
      throw json.invalid("nothing may follow the value");
    }
    return value;
  }

  private @Nullable Object value() {
    skipSpace();
    char first = peek();
    return switch (first) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", Boolean.TRUE);
      case 'f' -> word("false", Boolean.FALSE);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    enter();
    if (!skip('}')) {
      do {
        skipSpace();
        String key = string();
        expect(':');
        object.put(key, value());
      } while (skip(','));
      expect('}');
    }
    depth--;
    return object;
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> array = new ArrayList<>();
    enter();
    if (!skip(']')) {
      do {
        array.add(value());
      } while (skip(','));
      expect(']');
    }
    depth--;
    return array;
  }

  private void enter() {
    at++;
    if (++depth > MAX_DEPTH) {
      throw invalid("it is nested more than " + MAX_DEPTH + " deep");
    }
  }

  private String string() {
    expect('"');
    StringBuilder value = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      if (c < ' ') {
        throw invalid("a control character is not escaped");
      }
      value.append(c == '\\' ? escaped() : c);
    }
    return value.toString();
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> (char) (hex() << 12 | hex() << 8 | hex() << 4 | hex());
      default -> throw invalid("unknown escape");
    };
  }

  private int hex() {
    int digit = Character.digit(next(), 16);
    if (digit < 0) {
      throw invalid("four hex digits must follow \\u");
    }
    return digit;
  }

  private @Nullable Boolean word(String word, @Nullable Boolean value) {
    if (!text.startsWith(word, at)) {
      throw invalid("expected a value");
    }
    at += word.length();
    return value;
  }

  private String number() {
    int begin = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String number = text.substring(begin, at);
    if (!number.matches("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?")) {
      throw invalid("expected a value");
    }
    return number;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** Skips {@code c} if it comes next, after space. */
  private boolean skip(char c) {
    skipSpace();
    boolean found = at < text.length() && text.charAt(at) == c;
    at += found ? 1 : 0;
    return found;
  }

  private void expect(char c) {
    if (!skip(c)) {
      throw invalid("expected " + c);
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw invalid("it ends too early");
    }
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private IllegalArgumentException invalid(String reason) {
    return new IllegalArgumentException("parse JSON: " + reason + " at character " + at);
  }
}
