/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What differs between two graphs: why the second one misses the cache of the first.
 *
 * <pre>{@code
 * GraphDiff diff = GraphDiff.between(Graph.of(yesterday), Graph.of(today));
 * diff.causes().forEach(System.out::println);
 * }</pre>
 *
 * <p>An operation that differs makes all that read it differ. So those that differ in themselves, the
 * {@link #causes()}, are told apart from those that are {@link #affected()}. A step that was inserted
 * into a chain is one cause, and the steps after it are affected.
 *
 * <p>The work grows with the size of the graphs, not with its square. Diffs are immutable.
 */
public final class GraphDiff {
  private final List<VertexDiff> causes = new ArrayList<>();
  private final List<VertexDiff> affected = new ArrayList<>();
  private final List<VertexDiff> metadata = new ArrayList<>();
  private final Optional<FieldDiff> result;

  private GraphDiff(Graph before, Graph after, Matching matching) {
    VertexComparison comparison = new VertexComparison(matching);
    for (Vertex vertex : after.vertices()) {
      matching
          .before(vertex)
          .ifPresentOrElse(
              match -> compare(comparison, match, vertex),
              () -> causes.add(VertexDiff.added(vertex)));
    }
    before.vertices().stream()
        .filter(vertex -> matching.after(vertex).isEmpty())
        .forEach(vertex -> causes.add(VertexDiff.removed(vertex)));
    this.result = comparison.results(before.result(), after.result());
  }

  /** Compares two graphs; the first is usually the older one. */
  public static GraphDiff between(Graph before, Graph after) {
    requireNonNull(before, "before");
    requireNonNull(after, "after");
    return new GraphDiff(before, after, Matching.of(before, after));
  }

  private void compare(VertexComparison comparison, Vertex before, Vertex after) {
    comparison
        .operations(before, after)
        .ifPresent(diff -> (diff.kind() == VertexDiff.Kind.CHANGED ? causes : affected).add(diff));
    comparison.metadata(before, after).ifPresent(metadata::add);
  }

  /** Returns whether both have the same operations and the same result, however they are described. */
  public boolean isEmpty() {
    return causes.isEmpty() && affected.isEmpty() && result.isEmpty();
  }

  /**
   * Returns the operations that differ in themselves: those changed and added in the order of the
   * second graph, then those removed in the order of the first.
   */
  public List<VertexDiff> causes() {
    return List.copyOf(causes);
  }

  /** Returns the operations that differ only because what they read does. */
  public List<VertexDiff> affected() {
    return List.copyOf(affected);
  }

  /** Returns the operations with another description: name, cache flags, capabilities, limits. */
  public List<VertexDiff> metadata() {
    return List.copyOf(metadata);
  }

  /** Returns the results, if they are operations or outputs of both graphs but not the same ones. */
  public Optional<FieldDiff> result() {
    return result;
  }

  /** Returns a report: the causes with their fields, the affected, and other descriptions. */
  @Override
  public String toString() {
    StringBuilder report = new StringBuilder();
    causes.forEach(diff -> report.append(diff).append('\n'));
    result.ifPresent(diff -> report.append(diff).append('\n'));
    affected.forEach(diff -> report.append(diff).append('\n'));
    metadata.forEach(diff -> report.append(diff).append('\n'));
    return report.isEmpty() ? "no difference\n" : report.toString();
  }
}
