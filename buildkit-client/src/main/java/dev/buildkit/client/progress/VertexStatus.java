/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * How far one activity inside a vertex has come, such as the download of a layer.
 *
 * @param id what is worked on, unique within the vertex, such as {@code transferring context:} or
 *     the digest of a layer
 * @param vertex the digest of the vertex
 * @param name what is done to it, such as {@code downloading}; may be empty
 * @param current how much is done, mostly in bytes
 * @param total how much there is to do, in the unit of {@code current}; 0 if that is unknown
 * @param timestamp when this was so
 * @param started when the activity started; empty if it has not
 * @param completed when it ended; empty while it goes on
 */
public record VertexStatus(
    String id,
    String vertex,
    String name,
    long current,
    long total,
    Instant timestamp,
    Optional<Instant> started,
    Optional<Instant> completed) {

  /** Checks that nothing is missing. */
  public VertexStatus {
    requireNonNull(id, "id");
    requireNonNull(vertex, "vertex");
    requireNonNull(name, "name");
    requireNonNull(timestamp, "timestamp");
    requireNonNull(started, "started");
    requireNonNull(completed, "completed");
  }
}
