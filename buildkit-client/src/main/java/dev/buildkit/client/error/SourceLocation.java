/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.error;

import static java.util.Objects.requireNonNull;

import dev.buildkit.llb.Definition;
import java.util.List;
import java.util.Optional;

/**
 * A place in a file that a build was made from, such as the failing instruction of a Dockerfile.
 *
 * @param filename the name of the file as the frontend knows it, such as {@code Dockerfile}
 * @param language the language of the file, such as {@code Dockerfile}; empty if unknown
 * @param text the whole file; empty if the daemon did not send it
 * @param ranges the lines that are meant; empty if it is the file as a whole
 * @param definition a graph that yields the file, if it is known; daemons tell it with warnings
 */
public record SourceLocation(
    String filename,
    String language,
    String text,
    List<LineRange> ranges,
    Optional<Definition> definition) {

  /** Copies the ranges. */
  public SourceLocation {
    requireNonNull(filename, "filename");
    requireNonNull(language, "language");
    requireNonNull(text, "text");
    ranges = List.copyOf(ranges);
    requireNonNull(definition, "definition");
  }

  /** Creates a location in a file of which no graph is told. */
  public SourceLocation(String filename, String language, String text, List<LineRange> ranges) {
    this(filename, language, text, ranges, Optional.empty());
  }

  /**
   * Returns the lines that are meant, marked, with a few lines around them, as {@code buildctl}
   * prints them:
   *
   * <pre>
   * Dockerfile:2
   * --------------------
   *    1 |     FROM alpine:3.22
   *    2 | &gt;&gt;&gt; RUN make
   *    3 |     RUN make install
   * --------------------
   * </pre>
   *
   * <p>It ends without a line break. It is empty if there are no such lines.
   */
  public String excerpt() {
    return Excerpt.of(this);
  }

  /** Returns where it is, without the file's text. */
  @Override
  public String toString() {
    return ranges.isEmpty() ? filename : filename + ":" + ranges.get(0).first();
  }
}
