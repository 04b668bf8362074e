/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A remark on the input of a solve that does not stop it, such as one of the Dockerfile checks.
 *
 * @param vertex the digest of the vertex
 * @param level how important it is; 1 is the usual level, larger is less important
 * @param message the remark in one line
 * @param detail more lines on it; may be empty
 * @param url where to read about it, if anywhere
 * @param source the place that the remark is about, if it is known
 */
public record VertexWarning(
    String vertex,
    int level,
    String message,
    List<String> detail,
    Optional<String> url,
    Optional<Source> source) {

  /** Copies the detail lines. */
  public VertexWarning {
    requireNonNull(vertex, "vertex");
    requireNonNull(message, "message");
    detail = List.copyOf(detail);
    requireNonNull(url, "url");
    requireNonNull(source, "source");
  }

  /**
   * Places in one source file.
   *
   * @param filename the name of the file, such as {@code Dockerfile}
   * @param language the language that it is written in, such as {@code Dockerfile}; may be empty
   * @param text the content of the file; empty if the daemon did not send it
   * @param ranges the places; empty if the remark is about the whole file
   */
  public record Source(String filename, String language, String text, List<Range> ranges) {

    /** Copies the ranges. */
    public Source {
      requireNonNull(filename, "filename");
      requireNonNull(language, "language");
      requireNonNull(text, "text");
      ranges = List.copyOf(ranges);
    }
  }

  /**
   * From one position in a file to another, both included.
   *
   * @param startLine the first line, counted from 1
   * @param startCharacter the first character, counted from 0
   * @param endLine the last line, counted from 1
   * @param endCharacter the last character, counted from 0; 0 as well if only lines are known
   */
  public record Range(int startLine, int startCharacter, int endLine, int endCharacter) {}
}
