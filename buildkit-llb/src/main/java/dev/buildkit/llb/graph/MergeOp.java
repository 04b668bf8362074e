/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import java.util.List;

/**
 * Lays file systems over one another.
 *
 * @param inputs indexes of inputs, the lowest layer first
 */
public record MergeOp(List<Integer> inputs) implements Op {
  /** Copies the list. */
  public MergeOp {
    inputs = List.copyOf(inputs);
  }
}
