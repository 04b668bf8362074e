/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.gotext;

/** Texts in quotes, as the verb %q writes them. */
public final class GoQuote {
  private GoQuote() {}

  /** Returns a text in quotes, with escapes for what cannot be seen. */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> append(quoted, c));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int c) {
    switch (c) {
      case '"', '\\' -> quoted.append('\\').append((char) c);
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      default -> {
        if (c < ' ' || c == 0x7f) {
          quoted.append(String.format("\\x%02x", c));
        } else {
          quoted.appendCodePoint(c);
        }
      }
    }
  }
}
