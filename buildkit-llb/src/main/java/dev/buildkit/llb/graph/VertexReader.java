/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import static java.util.Objects.requireNonNull;

import dev.buildkit.api.OpsProto;
import dev.buildkit.llb.Digest;
import dev.buildkit.llb.SourceLocation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes vertices of operations, which other programs may list in any order. */
final class VertexReader {
  private final Map<Digest, Operation> operations = new HashMap<>();
  private final Map<Digest, List<SourceLocation>> locations;
  private final Map<Digest, Vertex> vertices = new LinkedHashMap<>();
  private final Optional<Edge> result;

  VertexReader(List<Operation> operations, Map<Digest, List<SourceLocation>> locations) {
    this.locations = locations;
    operations.forEach(operation -> this.operations.putIfAbsent(operation.digest(), operation));
    int last = operations.size() - 1;
    for (int i = 0; i < last; i++) {
      read(operations.get(i));
    }
    this.result = last < 0
        ? Optional.empty()
        : Optional.of(edge(operations.get(last), operations.get(last).op().getInputs(0)));
  }

  List<Vertex> vertices() {
    return new ArrayList<>(vertices.values());
  }

  Map<Digest, Vertex> byDigest() {
    return vertices;
  }

  Optional<Edge> result() {
    return result;
  }

  /** Reads an operation after all that it reads, without a stack that grows with their depth. */
  private void read(Operation operation) {
    Deque<Operation> open = new ArrayDeque<>(List.of(operation));
    while (!open.isEmpty()) {
      Operation next = open.element();
      List<Operation> missing = missing(next);
      if (missing.isEmpty()) {
        open.remove();
        vertices.computeIfAbsent(next.digest(), digest -> vertex(next));
      } else {
        missing.forEach(open::push);
      }
    }
  }

  private List<Operation> missing(Operation operation) {
    return operation.op().getInputsList().stream()
        .map(input -> Digest.parse(input.getDigest()))
        .filter(digest -> !vertices.containsKey(digest))
        .map(digest -> requireNonNull(operations.get(digest)))
        .toList();
  }

  private Vertex vertex(Operation operation) {
    List<Edge> inputs = operation.op().getInputsList().stream()
        .map(input -> edge(operation, input))
        .toList();
    return new Vertex(operation, inputs, locations.getOrDefault(operation.digest(), List.of()));
  }

  private Edge edge(Operation reader, OpsProto.Input input) {
    Vertex vertex = requireNonNull(vertices.get(Digest.parse(input.getDigest())));
    int index = new Door(reader.digest().toString())
        .index(input.getIndex(), Integer.MAX_VALUE, "the index of an output");
    return new Edge(vertex, index);
  }
}
