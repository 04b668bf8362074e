/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

/**
 * The patterns of Go's {@code filepath.Match}: {@code *} and {@code ?} match within an element, {@code [a-z]} and
 * {@code [^a-z]} one code point, and a backslash takes the meaning from what follows.
 */
final class Glob {
  private static final int NOWHERE = -1;

  private Glob() {}

  /**
   * Returns whether a whole name matches; both are {@linkplain ByteStrings strings of bytes}.
   *
   * @throws BadPatternException if the part of the pattern that was looked at is broken; the rest may be as well
   */
  static boolean matches(String pattern, String name) throws BadPatternException {
    int nameIndex = 0;
    int index = 0;
    while (index < pattern.length()) {
      int start = index;
      while (pattern.startsWith("*", start)) {
        start++;
      }
      boolean star = start > index;
      index = chunkEnd(pattern, start);
      if (star && start == index) {
        return name.indexOf('/', nameIndex) < 0;
      }
      Chunk chunk = new Chunk(pattern.substring(start, index), name);
      nameIndex = find(chunk, nameIndex, star, index == pattern.length());
      if (nameIndex == NOWHERE) {
        return false;
      }
    }
    return nameIndex == name.length();
  }

  /** Returns where the part of a pattern ends that holds no star outside of a class. */
  private static int chunkEnd(String pattern, int start) {
    boolean inClass = false;
    for (int i = start; i < pattern.length(); i++) {
      switch (pattern.charAt(i)) {
        case '\\' -> i++;
        case '[' -> inClass = true;
        case ']' -> inClass = false;
        case '*' -> {
          if (!inClass) {
            return i;
          }
        }
        default -> {}
      }
    }
    return pattern.length();
  }

  /** Returns the end of the first place where a chunk matches, which only a star lets be further on. */
  private static int find(Chunk chunk, int start, boolean star, boolean last)
      throws BadPatternException {
    String name = chunk.name;
    for (int i = start; ; i++) {
      int end = chunk.match(i);
      if (end != NOWHERE && (!last || end == name.length())) {
        return end;
      }
      if (!star || i == name.length() || name.charAt(i) == '/') {
        return NOWHERE;
      }
    }
  }

  /** A part of a pattern without stars. It is read to its end even if it cannot match, for its errors. */
  private static final class Chunk {
    private final String chunk;
    private final String name;
    private int index;
    private int nameIndex;
    private boolean failed;

    Chunk(String chunk, String name) {
      this.chunk = chunk;
      this.name = name;
    }

    int match(int start) throws BadPatternException {
      index = 0;
      nameIndex = start;
      failed = false;
      while (index < chunk.length()) {
        failed |= nameIndex == name.length();
        switch (chunk.charAt(index++)) {
          case '?' -> any();
          case '[' -> characterClass();
          case '\\' -> {
            require(index < chunk.length());
            literal(chunk.charAt(index++));
          }
          default -> literal(chunk.charAt(index - 1));
        }
      }
      return failed ? NOWHERE : nameIndex;
    }

    private void literal(char value) {
      if (!failed) {
        failed = name.charAt(nameIndex++) != value;
      }
    }

    private void any() {
      if (!failed) {
        failed = name.charAt(nameIndex) == '/';
        nameIndex += ByteStrings.width(name, nameIndex);
      }
    }

    private void characterClass() throws BadPatternException {
      int codePoint = failed ? 0 : ByteStrings.codePoint(name, nameIndex);
      boolean negated = skip('^');
      boolean found = false;
      do {
        int low = member();
        int high = skip('-') ? member() : low;
        found |= low <= codePoint && codePoint <= high;
      } while (!skip(']'));
      if (!failed) {
        failed = found == negated;
        nameIndex += ByteStrings.width(name, nameIndex);
      }
    }

    private boolean skip(char sign) throws BadPatternException {
      require(index < chunk.length());
      if (chunk.charAt(index) != sign) {
        return false;
      }
      index++;
      return true;
    }

    private int member() throws BadPatternException {
      require(index < chunk.length() && chunk.charAt(index) != '-' && chunk.charAt(index) != ']');
      if (chunk.charAt(index) == '\\') {
        index++;
        require(index < chunk.length());
      }
      int width = ByteStrings.width(chunk, index);
      require(width > 1 || chunk.charAt(index) < 0x80);
      int codePoint = ByteStrings.codePoint(chunk, index);
      index += width;
      require(index < chunk.length());
      return codePoint;
    }

    private void require(boolean condition) throws BadPatternException {
      if (!condition) {
        throw BadPatternException.of(chunk);
      }
    }
  }
}
