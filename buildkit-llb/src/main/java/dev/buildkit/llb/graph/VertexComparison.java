/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import dev.buildkit.llb.graph.VertexDiff.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Compares operations that belong together. */
final class VertexComparison {
  private final Matching matching;

  VertexComparison(Matching matching) {
    this.matching = matching;
  }

  /** Compares what two operations do, if their digests differ. */
  Optional<VertexDiff> operations(Vertex before, Vertex after) {
    if (before.digest().equals(after.digest())) {
      return Optional.empty();
    }
    List<FieldDiff> fields = MessageComparison.compare(
        "",
        before.operation().op(),
        after.operation().op(),
        new InputMeaning(matching, before, after));
    if (fields.isEmpty() && !readsWhatDiffers(before, after)) {
      fields = literally(before, after);
    }
    return Optional.of(
        VertexDiff.of(fields.isEmpty() ? Kind.AFFECTED : Kind.CHANGED, before, after, fields));
  }

  /** Returns whether an input was changed, added or removed, as opposed to taken from elsewhere. */
  private boolean readsWhatDiffers(Vertex before, Vertex after) {
    return IntStream.range(0, Math.max(before.inputs().size(), after.inputs().size()))
        .anyMatch(i -> isChanged(before, i, true) || isChanged(after, i, false));
  }

  private boolean isChanged(Vertex reader, int input, boolean first) {
    if (input >= reader.inputs().size()) {
      return false;
    }
    Vertex vertex = reader.inputs().get(input).vertex();
    Optional<Vertex> match = first ? matching.after(vertex) : matching.before(vertex);
    return match.isEmpty() || !match.get().digest().equals(vertex.digest());
  }

  /** Compares what means the same: numbers of outputs, the order of inputs, the encoding itself. */
  private static List<FieldDiff> literally(Vertex before, Vertex after) {
    List<FieldDiff> fields = MessageComparison.compare(
        "", before.operation().op(), after.operation().op(), Meaning.LITERAL);
    return fields.isEmpty()
        ? List.of(new FieldDiff("encoding", encoding(before), encoding(after)))
        : fields;
  }

  private static Optional<String> encoding(Vertex vertex) {
    return Optional.of(vertex.operation().length() + " bytes, " + vertex.digest());
  }

  /** Compares what is said about two operations. */
  Optional<VertexDiff> metadata(Vertex before, Vertex after) {
    List<FieldDiff> fields = MessageComparison.compare(
        "metadata", before.operation().metadata(), after.operation().metadata(), Meaning.LITERAL);
    return fields.isEmpty()
        ? Optional.empty()
        : Optional.of(VertexDiff.of(Kind.DESCRIBED, before, after, fields));
  }

  /** Compares the results of graphs. */
  Optional<FieldDiff> results(Optional<Edge> before, Optional<Edge> after) {
    References references = new References(matching);
    return references.isSame(before, after, false)
        ? Optional.empty()
        : Optional.of(new FieldDiff(
            "result", Optional.of(References.text(before)), Optional.of(References.text(after))));
  }
}
