/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

/**
 * A pattern of Go's {@code filepath.Match}: {@code *} and {@code ?} match within an element, {@code [a-z]} and
 * {@code [^a-z]} one code point, and a backslash takes the meaning from what follows.
 */
final class Glob {
  private final String pattern;

  private Glob(String pattern) {
    this.pattern = pattern;
  }

  /**
   * Returns a checked pattern.
   *
   * @throws BadPatternException if a class is not closed, empty or broken, or nothing follows a backslash
   */
  static Glob of(String pattern) throws BadPatternException {
    for (int i = 0; i < pattern.length(); ) {
      char c = pattern.charAt(i);
      if (c == '[') {
        i = classEnd(pattern, i);
      } else if (c == '\\' && i + 1 == pattern.length()) {
        throw BadPatternException.of(pattern);
      } else {
        i += c == '\\' ? 2 : 1;
      }
    }
    return new Glob(pattern);
  }

  private static int classEnd(String pattern, int start) throws BadPatternException {
    int first = pattern.startsWith("^", start + 1) ? start + 2 : start + 1;
    int i = first;
    do {
      i = memberEnd(pattern, i);
      if (pattern.charAt(i) == '-') {
        i = memberEnd(pattern, i + 1);
      }
    } while (pattern.charAt(i) != ']');
    return i + 1;
  }

  /** Returns the index after one code point of a class, which is never the end of the pattern. */
  private static int memberEnd(String pattern, int start) throws BadPatternException {
    int i = start;
    if (pattern.startsWith("-", i) || pattern.startsWith("]", i)) {
      throw BadPatternException.of(pattern);
    }
    if (pattern.startsWith("\\", i)) {
      i++;
    }
    if (i >= pattern.length() || isBroken(pattern, i)) {
      throw BadPatternException.of(pattern);
    }
    i += ByteStrings.width(pattern, i);
    if (i == pattern.length()) {
      throw BadPatternException.of(pattern);
    }
    return i;
  }

  private static boolean isBroken(String pattern, int index) {
    return pattern.charAt(index) >= 0x80 && ByteStrings.width(pattern, index) == 1;
  }

  /** Returns whether the whole name matches. */
  boolean matches(String name) {
    int p = 0;
    int n = 0;
    int afterStar = -1;
    int starName = 0;
    while (true) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        afterStar = ++p;
        starName = n;
      } else if (p == pattern.length() && n == name.length()) {
        return true;
      } else if (p < pattern.length() && n < name.length() && matchesOne(p, name, n)) {
        n += isWide(p) ? ByteStrings.width(name, n) : 1;
        p = next(p);
      } else if (afterStar >= 0 && starName < name.length() && name.charAt(starName) != '/') {
        // The last star takes one byte more; earlier ones need not, as it could have taken the
        // bytes.
        n = ++starName;
        p = afterStar;
      } else {
        return false;
      }
    }
  }

  /** Returns whether the unit of the pattern takes a code point and not a byte. */
  private boolean isWide(int p) {
    return pattern.charAt(p) == '?' || pattern.charAt(p) == '[';
  }

  private boolean matchesOne(int p, String name, int n) {
    return switch (pattern.charAt(p)) {
      case '?' -> name.charAt(n) != '/';
      case '[' -> matchesClass(p, ByteStrings.codePoint(name, n));
      case '\\' -> pattern.charAt(p + 1) == name.charAt(n);
      default -> pattern.charAt(p) == name.charAt(n);
    };
  }

  private boolean matchesClass(int start, int codePoint) {
    boolean negated = pattern.charAt(start + 1) == '^';
    boolean found = false;
    int i = negated ? start + 2 : start + 1;
    while (pattern.charAt(i) != ']') {
      int low = member(i);
      i = memberNext(i);
      int high = low;
      if (pattern.charAt(i) == '-') {
        high = member(i + 1);
        i = memberNext(i + 1);
      }
      found |= low <= codePoint && codePoint <= high;
    }
    return found != negated;
  }

  private int member(int i) {
    return ByteStrings.codePoint(pattern, pattern.charAt(i) == '\\' ? i + 1 : i);
  }

  private int memberNext(int i) {
    int start = pattern.charAt(i) == '\\' ? i + 1 : i;
    return start + ByteStrings.width(pattern, start);
  }

  private int next(int p) {
    return switch (pattern.charAt(p)) {
      case '[' -> classNext(p);
      case '\\' -> p + 2;
      default -> p + 1;
    };
  }

  private int classNext(int start) {
    int i = pattern.charAt(start + 1) == '^' ? start + 2 : start + 1;
    while (pattern.charAt(i) != ']') {
      i = memberNext(pattern.charAt(i) == '-' ? i + 1 : i);
    }
    return i + 1;
  }
}
