/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

/** Texts in quotes, as Go's verb %q writes them. */
final class GoQuote {
  /** Characters with an escape of their own, and its letter at the same place. */
  private static final String SPECIAL = "\u0007\b\f\n\r\t\u000b\"\\";

  private static final String LETTERS = "abfnrtv\"\\";

  private GoQuote() {}

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> append(quoted, c));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int c) {
    int at = SPECIAL.indexOf(c);
    if (at >= 0) {
      quoted.append('\\').append(LETTERS.charAt(at));
    } else if (c < ' ' || c == 0x7f) {
      quoted.append(String.format("\\x%02x", c));
    } else if (isPrintable(c)) {
      quoted.appendCodePoint(c);
    } else {
      quoted.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED -> false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
