/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.util.Objects.requireNonNull;

import dev.buildkit.client.error.SourceLocation;
import java.util.List;
import java.util.Optional;

/**
 * A remark on the input of a solve that does not stop it, such as one of the Dockerfile checks.
 *
 * @param vertex the digest of the vertex
 * @param level the level that the frontend gave it; 1 for the checks of a Dockerfile
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
    Optional<SourceLocation> source) {

  /** Copies the detail lines. */
  public VertexWarning {
    requireNonNull(vertex, "vertex");
    requireNonNull(message, "message");
    detail = List.copyOf(detail);
    requireNonNull(url, "url");
    requireNonNull(source, "source");
  }
}
