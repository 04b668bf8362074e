/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import java.util.List;

/**
 * An operation of a graph.
 *
 * <p>Vertices are immutable. Two that are built alike are distinct objects here and one operation in
 * the definition, because they get the same bytes.
 */
interface Vertex {
  /** Returns what the operation reads, in the order in which the definition lists it. */
  List<Output> inputs();

  /** Returns the operation in bytes; its inputs have been marshaled before. */
  Operation marshal(MarshalContext context);
}
