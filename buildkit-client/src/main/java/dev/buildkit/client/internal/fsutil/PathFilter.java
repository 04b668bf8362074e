/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import dev.buildkit.client.file.FileTree;
import dev.buildkit.client.internal.fsutil.PatternMatcher.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides which paths of a walk are sent, and below which directories nothing can be. Not thread-safe. */
final class PathFilter {
  private final @Nullable PatternMatcher includes;
  private final @Nullable PatternMatcher excludes;
  private final Prefixes includePrefixes;
  private final Prefixes exceptionPrefixes;

  private PathFilter(@Nullable PatternMatcher includes, @Nullable PatternMatcher excludes) {
    this.includes = includes;
    this.excludes = excludes;
    includePrefixes = Prefixes.of(includes, pattern -> !pattern.isException());
    exceptionPrefixes = Prefixes.of(excludes, PathPattern::isException);
  }

  /**
   * Returns a filter for a tree, whose links are followed now.
   *
   * @throws BadPatternException if a pattern is broken
   */
  static PathFilter of(FileTree tree, TreeFilter filter) throws IOException {
    List<String> includes = byteStrings(filter.includePatterns());
    if (!filter.followPaths().isEmpty()) {
      List<String> followed = FollowPaths.resolve(tree, byteStrings(filter.followPaths()));
      if (!followed.isEmpty()) {
        includes.addAll(followed);
        includes = FollowPaths.withoutNested(includes);
      }
    }
    return new PathFilter(
        matcher("includepatterns", includes),
        matcher("excludepatterns", byteStrings(filter.excludePatterns())));
  }

  private static List<String> byteStrings(List<String> texts) {
    List<String> byteStrings = new ArrayList<>();
    texts.forEach(text -> byteStrings.add(ByteStrings.of(text)));
    return byteStrings;
  }

  private static @Nullable PatternMatcher matcher(String kind, List<String> patterns)
      throws BadPatternException {
    try {
      return patterns.isEmpty() ? null : PatternMatcher.of(patterns);
    } catch (BadPatternException e) {
      throw e.in("invalid " + kind);
    }
  }

  /**
   * What is known of a path, which its children need.
   *
   * @param sent whether the path itself is wanted
   * @param pruned whether nothing below it can be
   */
  record Verdict(boolean sent, boolean pruned, Result included, Result excluded) {
    /** The verdict on the root. */
    static final Verdict ROOT = new Verdict(false, false, Result.NONE, Result.NONE);

    /** The verdict on all paths of an open filter. */
    static final Verdict SENT = new Verdict(true, false, Result.NONE, Result.NONE);
  }

  /**
   * Decides on a path.
   *
   * @param path a {@linkplain ByteStrings string of bytes}
   * @throws BadPatternException if a pattern has an error that shows only when it is first needed
   */
  Verdict decide(String path, Verdict parent) throws BadPatternException {
    Result included = match("includepatterns", includes, path, parent.included());
    boolean missed = includes != null && !included.matched();
    if (missed && !includePrefixes.reachBelow(path)) {
      return new Verdict(false, true, included, Result.NONE);
    }
    Result excluded = match("excludepatterns", excludes, path, parent.excluded());
    boolean pruned = excluded.matched() && !exceptionPrefixes.reachBelow(path);
    return new Verdict(!missed && !excluded.matched(), pruned, included, excluded);
  }

  private static Result match(
      String kind, @Nullable PatternMatcher matcher, String path, Result parent)
      throws BadPatternException {
    try {
      return matcher == null ? Result.NONE : matcher.match(path, parent);
    } catch (BadPatternException e) {
      throw e.in("failed to match " + kind);
    }
  }

  /** Returns whether no path can be left out, so that none needs to be decided. */
  boolean isOpen() {
    return includes == null && excludes == null;
  }

  /** The beginnings of patterns, which tell where those may match; null if they may match anywhere. */
  private record Prefixes(@Nullable List<String> prefixes) {
    static Prefixes of(@Nullable PatternMatcher matcher, Predicate<PathPattern> kind) {
      List<String> prefixes = new ArrayList<>();
      if (matcher != null) {
        matcher.patterns().stream().filter(kind).map(Prefixes::prefix).forEach(prefixes::add);
      }
      return new Prefixes(prefixes.stream().anyMatch(Prefixes::hasSpecialSigns) ? null : prefixes);
    }

    private static String prefix(PathPattern pattern) {
      return withoutEnd(withoutEnd(pattern.pattern(), "/**"), "/*");
    }

    private static boolean hasSpecialSigns(String prefix) {
      return prefix.chars().anyMatch(c -> "*[]?^\\".indexOf(c) >= 0);
    }

    private static String withoutEnd(String text, String end) {
      return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }

    boolean reachBelow(String directory) {
      String prefix = directory + "/";
      return prefixes == null || prefixes.stream().anyMatch(it -> (it + "/").startsWith(prefix));
    }
  }
}
