/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An operation that differs between two graphs.
 *
 * @param before the operation in the first graph, unless it was added
 * @param after the operation in the second graph, unless it was removed
 * @param fields what differs in the operation itself, if it is in both
 */
public record VertexDiff(
    Kind kind, Optional<Vertex> before, Optional<Vertex> after, List<FieldDiff> fields) {
  /** What happened to an operation. */
  public enum Kind {
    /** It is in the second graph alone. */
    ADDED,
    /** It is in the first graph alone. */
    REMOVED,
    /** It differs in fields of its own. */
    CHANGED,
    /** It is the same but for what it reads. */
    AFFECTED,
    /** It is the same and has another description, which does not change its digest. */
    DESCRIBED
  }

  /** Copies the list. */
  public VertexDiff {
    fields = List.copyOf(fields);
  }

  static VertexDiff added(Vertex after) {
    return new VertexDiff(Kind.ADDED, Optional.empty(), Optional.of(after), List.of());
  }

  static VertexDiff removed(Vertex before) {
    return new VertexDiff(Kind.REMOVED, Optional.of(before), Optional.empty(), List.of());
  }

  static VertexDiff of(Kind kind, Vertex before, Vertex after, List<FieldDiff> fields) {
    return new VertexDiff(kind, Optional.of(before), Optional.of(after), fields);
  }

  /** Returns the operation in the second graph, or in the first if it was removed. */
  public Vertex vertex() {
    return after.or(() -> before).map(vertex -> requireNonNull(vertex)).orElseThrow();
  }

  /** Returns the kind and the name on one line, and each field on a line below. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(kind.name().toLowerCase(Locale.ROOT)).append(": ");
    text.append(PlainText.line(vertex().name()));
    fields.forEach(field -> text.append("\n  ").append(field));
    return text.toString();
  }
}
