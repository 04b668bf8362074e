/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The language of {@code .dockerignore} files. A graph that sends a local directory leaves out with it what a Dockerfile would.
 *
 * <pre>{@code
 * String ignored = Files.readString(context.resolve(".dockerignore"));
 * State.from(LocalSource.of("context").excludePatterns(IgnoreFile.parse(ignored)))
 * }</pre>
 *
 * <p>The Dockerfile frontend reads the file by itself.
 */
public final class IgnoreFile {
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final Pattern LINE_END = Pattern.compile("\r?\n");

  // Unicode's white space, which is what Go trims: String.strip() leaves no-break spaces.
  private static final Pattern SPACE_AT_ENDS =
      Pattern.compile("^\\p{IsWhite_Space}+|\\p{IsWhite_Space}+$");

  /**
   * Returns the patterns of a file in their order: without comments, which are the lines that begin with {@code #}, without empty
   * lines, and with cleaned paths. A {@code !} in front, which makes an exception, stays.
   */
  public static List<String> parse(String text) {
    String lines = requireNonNull(text, "text");
    return Stream.of(LINE_END.split(withoutMark(lines)))
        .filter(line -> !line.startsWith("#"))
        .map(IgnoreFile::trim)
        .filter(Predicate.not(String::isEmpty))
        .map(IgnoreFile::pattern)
        .toList();
  }

  private static String pattern(String line) {
    return line.startsWith("!") ? "!" + path(trim(line.substring(1))) : path(line);
  }

  /** Paths are relative to the directory, whatever they begin with. */
  private static String path(String path) {
    if (path.isEmpty()) {
      return "";
    }
    String clean = UnixPath.clean(path);
    return clean.length() > 1 && clean.startsWith("/") ? clean.substring(1) : clean;
  }

  private static String withoutMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  private static String trim(String line) {
    return SPACE_AT_ENDS.matcher(line).replaceAll("");
  }

  private IgnoreFile() {}
}
