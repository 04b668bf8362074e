/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import static java.util.Objects.requireNonNull;

import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operations of a {@link Definition}, to walk along.
 *
 * <pre>{@code
 * for (Vertex vertex : Graph.of(definition).vertices()) {
 *   if (vertex.op() instanceof ExecOp exec) {
 *     System.out.println(exec.meta().args());
 *   }
 * }
 * }</pre>
 *
 * <p>Graphs are immutable.
 */
public final class Graph {
  private final List<Operation> operations;
  private final List<Vertex> vertices;
  private final Map<Digest, Vertex> byDigest;
  private final Optional<Edge> result;

  private Graph(List<Operation> operations, VertexReader reader) {
    this.operations = operations;
    this.vertices = List.copyOf(reader.vertices());
    this.byDigest = reader.byDigest();
    this.result = reader.result();
  }

  /**
   * Returns the graph of a definition.
   *
   * @throws IllegalArgumentException if an operation holds what none can have, such as an index of an
   *     input that is not there, or a choice that only a newer BuildKit knows
   */
  public static Graph of(Definition definition) {
    List<Operation> operations = Operation.of(requireNonNull(definition, "definition"));
    return new Graph(List.copyOf(operations), new VertexReader(operations, definition.locations()));
  }

  /** Returns whether there are no operations, which means the empty file system. */
  public boolean isEmpty() {
    return vertices.isEmpty();
  }

  /** Returns the operations, each once and after those that it reads. */
  public List<Vertex> vertices() {
    return vertices;
  }

  /** Returns the operation of a digest, if it is there. */
  public Optional<Vertex> vertex(Digest digest) {
    return Optional.ofNullable(byDigest.get(requireNonNull(digest, "digest")));
  }

  /** Returns what the graph yields; nothing if it is empty. */
  public Optional<Edge> result() {
    return result;
  }

  /** Returns the operations as they stand in the definition, the last of which names the result. */
  List<Operation> operations() {
    return operations;
  }

  /** Returns the number of operations and the digest of the result. */
  @Override
  public String toString() {
    return "Graph[" + vertices.size() + " operations"
        + result.map(edge -> ", head " + edge.vertex().digest()).orElse("") + "]";
  }
}
