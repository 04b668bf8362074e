/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import org.jspecify.annotations.Nullable;

/**
 * One pattern of a {@link PatternMatcher}.
 *
 * <p>Plain patterns are compared, {@code dir/**} and {@code **}{@code /name} by their ends, and the others become regular
 * expressions by a translation whose oddities are part of the language: it knows nothing of classes, and leaves
 * {@code { | } ^} as they are.
 */
final class PathPattern {
  private static final String ANY = ".*";
  private static final String ANY_DIRECTORIES = "(.*/)?";
  private static final String ANY_IN_ELEMENT = "[^/]*";
  private static final String ONE_IN_ELEMENT = "[^/]";
  private static final String ESCAPED = ".+()$";
  private static final String SPECIAL = "[]{}|^\\";

  private final String pattern;
  private final boolean exception;
  private @Nullable PathTest test;

  PathPattern(String pattern, boolean exception) {
    this.pattern = pattern;
    this.exception = exception;
  }

  /** Returns the pattern, clean and without the sign of an exception, as a string of bytes. */
  String pattern() {
    return pattern;
  }

  /** Returns whether what matches is taken out of what earlier patterns matched. */
  boolean isException() {
    return exception;
  }

  /**
   * Returns whether a whole path matches, apart from its parents.
   *
   * @throws BadPatternException if the pattern has an error that shows only now, when it is first needed
   */
  boolean matches(String path) throws BadPatternException {
    PathTest compiled = test;
    if (compiled == null) {
      compiled = compile();
      test = compiled;
    }
    return compiled.matches(path);
  }

  @FunctionalInterface
  private interface PathTest {
    boolean matches(String path);
  }

  private PathTest compile() throws BadPatternException {
    Translation translation = new Translation(ByteStrings.toText(pattern));
    translation.run();
    return switch (translation.kind) {
      case EXACT -> pattern::equals;
      case PREFIX -> prefix(pattern.substring(0, pattern.length() - 2));
      case SUFFIX -> suffix(pattern.substring(2));
      case REGEX -> regex(translation.regex.append('$').toString());
    };
  }

  private static PathTest prefix(String prefix) {
    return path -> path.startsWith(prefix);
  }

  private static PathTest suffix(String suffix) {
    String whole = suffix.startsWith("/") ? suffix.substring(1) : suffix;
    return path -> path.endsWith(suffix) || path.equals(whole);
  }

  private PathTest regex(String expression) throws BadPatternException {
    Regex regex = parse(expression);
    if (pattern.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0)) {
      return regex::matches;
    }
    String head = head();
    String tail = tail();
    return path -> path.startsWith(head) && path.endsWith(tail) && regex.matches(path);
  }

  private Regex parse(String expression) throws BadPatternException {
    try {
      return RegexParser.parse(expression);
    } catch (BadPatternException e) {
      throw BadPatternException.of(pattern, e);
    }
  }

  /** Returns what every match begins with; such cheap tests spare most paths the expression. */
  private String head() {
    int end = 0;
    while (!isWildcard(end)) {
      end++;
    }
    return pattern.substring(0, end);
  }

  /** Returns what every match ends with. */
  private String tail() {
    int start = pattern.length();
    while (!isWildcard(start - 1)) {
      start--;
    }
    return pattern.startsWith("/", start) ? pattern.substring(start + 1) : pattern.substring(start);
  }

  private boolean isWildcard(int index) {
    return pattern.charAt(index) == '*' || pattern.charAt(index) == '?';
  }

  private enum Kind {
    EXACT,
    PREFIX,
    SUFFIX,
    REGEX
  }

  /** The way from a pattern to an expression. */
  private static final class Translation {
    private final int[] signs;
    private final StringBuilder regex = new StringBuilder("^");
    private Kind kind = Kind.EXACT;
    private int index;

    Translation(String text) {
      signs = text.codePoints().toArray();
    }

    void run() {
      while (index < signs.length) {
        translate(signs[index++]);
      }
    }

    private void translate(int sign) {
      switch (sign) {
        case '*' -> {
          if (skip('*')) {
            doubleStar(index == 2);
          } else {
            special(ANY_IN_ELEMENT);
          }
        }
        case '?' -> special(ONE_IN_ELEMENT);
        case '[', ']' -> special(Character.toString(sign));
        case '\\' -> escape();
        default -> {
          regex.append(ESCAPED.indexOf(sign) >= 0 ? "\\" : "");
          regex.appendCodePoint(sign);
        }
      }
    }

    private void doubleStar(boolean first) {
      skip('/');
      if (index < signs.length) {
        special(ANY_DIRECTORIES);
      } else if (kind == Kind.EXACT) {
        kind = Kind.PREFIX;
      } else {
        special(ANY);
      }
      if (first) {
        kind = Kind.SUFFIX;
      }
    }

    private void escape() {
      if (index < signs.length) {
        special("\\");
        regex.appendCodePoint(signs[index++]);
      } else {
        regex.append('\\');
      }
    }

    private void special(String expression) {
      regex.append(expression);
      kind = Kind.REGEX;
    }

    private boolean skip(int sign) {
      if (index == signs.length || signs[index] != sign) {
        return false;
      }
      index++;
      return true;
    }
  }
}
