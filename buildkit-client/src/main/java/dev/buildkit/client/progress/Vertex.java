/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of one step of a solve.
 *
 * <p>A vertex is first announced, then started, then completed. It may start and complete more than
 * once: a source is asked for its cache key and later for its content, an image exporter comes back
 * to push. A later start has a new {@code started} and no {@code completed} or {@code error}.
 *
 * @param digest the identity of the step; for an operation of a graph that the daemon did not
 *     rewrite, the digest of that operation
 * @param inputs the digests of the steps that this one builds on; empty for steps that are no
 *     operation, such as exports
 * @param name what the step does, for people, such as {@code [2/3] RUN make}
 * @param started when the step last started; empty while it waits
 * @param completed when that run ended; empty while it runs
 * @param cached whether the result came from the cache, without running the step
 * @param error why the step failed; empty if it has not
 * @param progressGroup the group that this step is shown as a part of, if any
 */
public record Vertex(
    String digest,
    List<String> inputs,
    String name,
    Optional<Instant> started,
    Optional<Instant> completed,
    boolean cached,
    Optional<String> error,
    Optional<ProgressGroup> progressGroup) {

  private static final String CANCELED = "context canceled";

  /** Copies the inputs. */
  public Vertex {
    requireNonNull(digest, "digest");
    inputs = List.copyOf(inputs);
    requireNonNull(name, "name");
    requireNonNull(started, "started");
    requireNonNull(completed, "completed");
    requireNonNull(error, "error");
    requireNonNull(progressGroup, "progressGroup");
  }

  /**
   * Returns whether the step ended because the solve was given up, which is the consequence of a
   * failure elsewhere or of a cancellation, and not a failure of its own.
   */
  public boolean canceled() {
    return error.isPresent() && isCancellation(error.get());
  }

  /** Returns whether the step itself failed. */
  public boolean failed() {
    return error.isPresent() && !canceled();
  }

  static boolean isCancellation(String error) {
    return error.endsWith(CANCELED);
  }
}
