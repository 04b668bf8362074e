/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import java.util.List;

/**
 * Hands inputs on, all of which are done before any of the outputs is there.
 *
 * @param id tells it from others with the same inputs
 * @param outputs the index of the input that each output is
 */
public record PassthroughOp(String id, List<Integer> outputs) implements Op {
  /** Copies the list. */
  public PassthroughOp {
    outputs = List.copyOf(outputs);
  }
}
