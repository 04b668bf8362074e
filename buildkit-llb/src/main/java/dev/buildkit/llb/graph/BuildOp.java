/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import dev.buildkit.llb.Definition;
import java.util.Map;
import java.util.Optional;

/**
 * Solves a graph that a file of its input holds.
 *
 * @param builder -1 for the daemon itself
 * @param inputs indexes of inputs by name; {@code buildkit.llb.definition} holds the file
 * @param definition a graph that is given here instead
 * @param attrs {@code llbbuild.filename} names the file
 */
public record BuildOp(
    int builder,
    Map<String, Integer> inputs,
    Optional<Definition> definition,
    Map<String, String> attrs)
    implements Op {
  /** Copies the maps. */
  public BuildOp {
    inputs = Copies.sorted(inputs);
    attrs = Copies.sorted(attrs);
  }
}
