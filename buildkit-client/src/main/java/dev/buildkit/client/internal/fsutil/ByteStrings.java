/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.file.FilePath;

/**
 * Strings whose chars are bytes, as Go's strings are: patterns and the paths they match.
 *
 * <p>The rules for patterns speak of bytes in most places and of code points in few. A string with one char per byte gives
 * the former for free, compactly, and keeps names that are not UTF-8.
 */
final class ByteStrings {
  /** What Go reads in place of bytes that are no code point; each such byte counts as one. */
  private static final int REPLACEMENT = 0xfffd;

  private ByteStrings() {}

  /** Returns the bytes of a text in UTF-8. */
  static String of(String text) {
    return of(text.getBytes(UTF_8));
  }

  static String of(FilePath path) {
    return of(path.toBytes());
  }

  static String of(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /** Returns the text of bytes in UTF-8, with a replacement character for each byte that is none. */
  static String toText(String bytes) {
    StringBuilder text = new StringBuilder(bytes.length());
    for (int i = 0; i < bytes.length(); i += width(bytes, i)) {
      text.appendCodePoint(codePoint(bytes, i));
    }
    return text.toString();
  }

  static byte[] toBytes(String bytes) {
    return bytes.getBytes(ISO_8859_1);
  }

  /** Returns the code point that begins at an index. */
  static int codePoint(String bytes, int index) {
    char lead = bytes.charAt(index);
    return switch (width(bytes, index)) {
      case 2 -> (lead & 0x1f) << 6 | low(bytes, index + 1);
      case 3 -> (lead & 0x0f) << 12 | low(bytes, index + 1) << 6 | low(bytes, index + 2);
      case 4 ->
        (lead & 0x07) << 18
            | low(bytes, index + 1) << 12
            | low(bytes, index + 2) << 6
            | low(bytes, index + 3);
      default -> lead < 0x80 ? lead : REPLACEMENT;
    };
  }

  /** Returns the number of bytes of the code point that begins at an index, which is 1 for a broken one. */
  static int width(String bytes, int index) {
    char lead = bytes.charAt(index);
    if (lead < 0xc2 || lead > 0xf4) {
      return 1;
    }
    int width = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (index + width > bytes.length() || !isSecond(lead, bytes.charAt(index + 1))) {
      return 1;
    }
    for (int i = index + 2; i < index + width; i++) {
      if (!isContinuation(bytes.charAt(i))) {
        return 1;
      }
    }
    return width;
  }

  /** The second byte is where overlong forms, surrogates and code points beyond the last one show. */
  private static boolean isSecond(char lead, char second) {
    return switch (lead) {
      case 0xe0 -> second >= 0xa0 && second <= 0xbf;
      case 0xed -> second >= 0x80 && second <= 0x9f;
      case 0xf0 -> second >= 0x90 && second <= 0xbf;
      case 0xf4 -> second >= 0x80 && second <= 0x8f;
      default -> isContinuation(second);
    };
  }

  private static boolean isContinuation(char value) {
    return value >= 0x80 && value <= 0xbf;
  }

  private static int low(String bytes, int index) {
    return bytes.charAt(index) & 0x3f;
  }
}
