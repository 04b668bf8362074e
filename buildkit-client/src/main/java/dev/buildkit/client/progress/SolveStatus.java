/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.util.List;

/**
 * One report of a running solve: what changed since the report before it.
 *
 * <p>Each list holds only what is new. A vertex is repeated whole whenever it changes and replaces
 * what was known under its digest; a status replaces the one with the same vertex and id; logs and
 * warnings add up. A report may name vertexes that were announced in an earlier one.
 *
 * @param vertexes the vertexes that appeared or changed, earliest start first
 * @param statuses the transfers and other activities that advanced, in order of time
 * @param logs the pieces of output that commands wrote, in order of time
 * @param warnings the warnings that were raised, each delivered once
 */
public record SolveStatus(
    List<Vertex> vertexes,
    List<VertexStatus> statuses,
    List<VertexLog> logs,
    List<VertexWarning> warnings) {

  /** Copies the lists. */
  public SolveStatus {
    vertexes = List.copyOf(vertexes);
    statuses = List.copyOf(statuses);
    logs = List.copyOf(logs);
    warnings = List.copyOf(warnings);
  }

  /** Returns whether the report says nothing at all. */
  public boolean isEmpty() {
    return vertexes.isEmpty() && statuses.isEmpty() && logs.isEmpty() && warnings.isEmpty();
  }
}
