/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

/** Text measured in columns of a terminal, in which some characters take two and some none. */
final class Columns {
  /** Pairs of the first and last character of the blocks that terminals draw two columns wide. */
  private static final int[] WIDE = {
    0x1100, 0x115f, // Hangul
    0x231a, 0x231b, // watch, hourglass
    0x23e9, 0x23ec, // media controls
    0x25fd, 0x25fe, // squares
    0x2614, 0x2615, // umbrella, hot beverage
    0x26a1, 0x26a1, // high voltage
    0x2705, 0x2705, // check mark
    0x274c, 0x274c, // cross mark
    0x2753, 0x2757, // question and exclamation marks
    0x2b50, 0x2b50, // star
    0x2e80, 0x303e, // CJK radicals and punctuation
    0x3041, 0xa4cf, // Kana to Yi
    0xa960, 0xa97f, // Hangul
    0xac00, 0xd7a3, // Hangul
    0xf900, 0xfaff, // CJK
    0xfe30, 0xfe6f, // CJK forms
    0xff00, 0xff60, // full width forms
    0xffe0, 0xffe6, // full width signs
    0x1f300, 0x1f64f, // pictographs
    0x1f680, 0x1f6ff, // transport
    0x1f900, 0x1f9ff, // pictographs
    0x20000, 0x3fffd, // CJK
  };

  private Columns() {}

  /** Returns how many columns a character takes: 0, 1 or 2. */
  static int of(int character) {
    if (character < 0x300) {
      return 1;
    }
    for (int i = 0; i < WIDE.length && WIDE[i] <= character; i += 2) {
      if (character <= WIDE[i + 1]) {
        return 2;
      }
    }
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> 1;
    };
  }

  static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  /** Returns as much of the beginning of a text as fits. */
  static String clip(String text, int columns) {
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      used += of(character);
      if (used > columns) {
        break;
      }
      end += Character.charCount(character);
    }
    return text.substring(0, end);
  }

  /** Returns two texts with so much space between them, but at least one, that they fill a line. */
  static String spread(String left, String right, int columns) {
    int space = columns - of(left) - of(right);
    return left + " ".repeat(Math.max(1, space)) + right;
  }

  /** Returns a text in which nothing moves the cursor: control characters become spaces. */
  static String oneLine(String text) {
    return text.codePoints()
        .map(character -> Character.isISOControl(character) ? ' ' : character)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
