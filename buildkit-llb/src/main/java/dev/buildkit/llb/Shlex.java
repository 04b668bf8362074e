/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line into words as a shell does, without expanding anything.
 *
 * <p>Single quotes keep everything, double quotes everything but backslashes; a backslash takes the
 * next character as it is; {@code #} at the begin of a word hides the rest of the line.
 */
final class Shlex {
  private static final int END = -1;

  private final String text;
  private final List<String> words = new ArrayList<>();
  private int at;

  private Shlex(String text) {
    this.text = text;
  }

  static List<String> split(String text) {
    Shlex shlex = new Shlex(text);
    while (shlex.skipToWord()) {
      shlex.words.add(shlex.word());
    }
    return shlex.words;
  }

  private int next() {
    return at < text.length() ? text.charAt(at++) : END;
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  /** Returns whether there is another word; it begins here. */
  private boolean skipToWord() {
    while (at < text.length()) {
      if (text.charAt(at) == '#') {
        int lineEnd = text.indexOf('\n', at);
        at = lineEnd < 0 ? text.length() : lineEnd;
      } else if (isSpace(text.charAt(at))) {
        at++;
      } else {
        return true;
      }
    }
    return false;
  }

  private String word() {
    StringBuilder word = new StringBuilder();
    for (int c = next(); c != END && !isSpace(c); c = next()) {
      switch (c) {
        case '\\' -> word.append(escaped());
        case '\'', '"' -> quoted(c, word);
        default -> word.append((char) c);
      }
    }
    return word.toString();
  }

  private void quoted(int quote, StringBuilder word) {
    int begin = at;
    for (int c = next(); c != quote; c = next()) {
      if (c == END) {
        throw invalid("the quote " + (char) quote + " at " + begin + " is not closed; close it");
      }
      word.append(c == '\\' && quote == '"' ? escaped() : (char) c);
    }
  }

  private char escaped() {
    int c = next();
    if (c == END) {
      throw invalid("nothing follows the last backslash; write \\\\ for a backslash");
    }
    return (char) c;
  }

  private IllegalArgumentException invalid(String reason) {
    return new IllegalArgumentException("split \"" + text + "\" into words: " + reason);
  }
}
