/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.util.List;
import java.util.stream.Stream;

/** The white space that Go trims from patterns, which is Unicode's. */
final class Whitespace {
  private static final List<String> SPACES = Stream.of(
          "\t\n\u000b\f\r \u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000",
          "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a")
      .flatMapToInt(String::codePoints)
      .mapToObj(Character::toString)
      .map(ByteStrings::of)
      .toList();

  private Whitespace() {}

  /** Returns a string of bytes without the white space at its ends. */
  static String trim(String bytes) {
    int start = 0;
    for (int width = widthAfter(bytes, start); width > 0; width = widthAfter(bytes, start)) {
      start += width;
    }
    String rest = bytes.substring(start);
    int end = rest.length();
    for (int width = widthBefore(rest, end); width > 0; width = widthBefore(rest, end)) {
      end -= width;
    }
    return rest.substring(0, end);
  }

  private static int widthAfter(String bytes, int index) {
    return SPACES.stream()
        .filter(space -> bytes.startsWith(space, index))
        .mapToInt(String::length)
        .findFirst()
        .orElse(0);
  }

  private static int widthBefore(String bytes, int index) {
    return SPACES.stream()
        .filter(space -> bytes.startsWith(space, index - space.length()))
        .mapToInt(String::length)
        .findFirst()
        .orElse(0);
  }
}
