/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

/** Texts of a graph as a terminal may show them: on one line, and not for ever. */
final class PlainText {
  private static final int LIMIT = 100;

  private PlainText() {}

  /** Returns a text without control characters, and its beginning alone if it is long. */
  static String line(String text) {
    StringBuilder line = new StringBuilder();
    int end = end(text);
    text.substring(0, end).codePoints().forEach(c -> append(line, c));
    return end < text.length() ? line.append('\u2026').toString() : line.toString();
  }

  /** Returns where to cut, which is not within a pair of surrogates. */
  private static int end(String text) {
    boolean split = text.length() > LIMIT && Character.isLowSurrogate(text.charAt(LIMIT));
    return split ? LIMIT - 1 : Math.min(text.length(), LIMIT);
  }

  private static void append(StringBuilder line, int c) {
    switch (c) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (isHarmless(c)) {
          line.appendCodePoint(c);
        } else {
          line.append(String.format("\\u%04x", c));
        }
      }
    }
  }

  /** Characters of direction and format can make a line look like another one. */
  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE -> false;
      default -> true;
    };
  }
}
