/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.util.ArrayList;
import java.util.List;

/**
 * A list of patterns with the rules of {@code .dockerignore}: the last one that fits a path or a directory above it decides,
 * and a leading {@code !} makes an exception.
 *
 * <p>All strings are {@linkplain ByteStrings strings of bytes}. Not thread-safe.
 */
final class PatternMatcher {
  private final List<PathPattern> patterns;

  private PatternMatcher(List<PathPattern> patterns) {
    this.patterns = patterns;
  }

  /**
   * Returns the matcher of patterns, of which blank ones are left out.
   *
   * @throws BadPatternException if one is broken
   */
  static PatternMatcher of(List<String> patterns) throws BadPatternException {
    List<PathPattern> parsed = new ArrayList<>();
    for (String pattern : patterns) {
      String trimmed = Whitespace.trim(pattern);
      if (!trimmed.isEmpty()) {
        parsed.add(parse(GoPath.clean(trimmed)));
      }
    }
    return new PatternMatcher(List.copyOf(parsed));
  }

  private static PathPattern parse(String pattern) throws BadPatternException {
    boolean exception = pattern.startsWith("!");
    String rest = exception ? pattern.substring(1) : pattern;
    if (rest.isEmpty()) {
      throw BadPatternException.emptyException();
    }
    checkSyntax(rest);
    return new PathPattern(rest, exception);
  }

  /** Finds the errors that Go finds at once; others show only when the pattern is first tried. */
  private static void checkSyntax(String pattern) throws BadPatternException {
    try {
      boolean ignored = Glob.matches(pattern, ".");
    } catch (BadPatternException e) {
      throw BadPatternException.of(pattern, e);
    }
  }

  List<PathPattern> patterns() {
    return patterns;
  }

  /** What a path matched, which its children need. */
  static final class Result {
    /** The result of the top directory, which matches nothing. */
    static final Result NONE = new Result(false, new boolean[0]);

    private final boolean matched;
    private final boolean[] byPattern;

    private Result(boolean matched, boolean[] byPattern) {
      this.matched = matched;
      this.byPattern = byPattern;
    }

    boolean matched() {
      return matched;
    }

    private boolean matched(int pattern) {
      return byPattern.length > 0 && byPattern[pattern];
    }
  }

  /**
   * Matches a path, given the result of its parent.
   *
   * @throws BadPatternException if a pattern has an error that shows only when it is first needed
   */
  Result match(String path, Result parent) throws BadPatternException {
    boolean matched = false;
    boolean[] byPattern = new boolean[patterns.size()];
    for (int i = 0; i < byPattern.length; i++) {
      PathPattern pattern = patterns.get(i);
      // A pattern that cannot change the outcome is not tried, and so counts as no match for the
      // children.
      boolean matters = pattern.isException() == matched;
      if (parent.matched(i) || (matters && pattern.matches(path))) {
        byPattern[i] = true;
        matched = !pattern.isException();
      }
    }
    return new Result(matched, byPattern);
  }
}
