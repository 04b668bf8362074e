/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import java.util.Optional;

/** Compares what operations of two graphs refer to; nothing is an empty file system. */
final class References {
  private final Matching matching;

  References(Matching matching) {
    this.matching = matching;
  }

  /**
   * Returns whether both refer to the same.
   *
   * <p>If one of them has no match in the other graph, that is the difference, and not the reference.
   *
   * @param strict whether what has no match is never the same
   */
  boolean isSame(Optional<Edge> before, Optional<Edge> after, boolean strict) {
    boolean added = after.isPresent() && matching.before(after.get().vertex()).isEmpty();
    boolean removed =
        before.isPresent() && matching.after(before.get().vertex()).isEmpty();
    if (added || removed) {
      return !strict;
    }
    if (before.isEmpty() || after.isEmpty()) {
      return before.isEmpty() && after.isEmpty();
    }
    return matching.after(before.get().vertex()).equals(Optional.of(after.get().vertex()))
        && isSameOutput(before.get(), after.get());
  }

  /** Outputs of a command are known by their mounts: their numbers change when there is one more. */
  private static boolean isSameOutput(Edge before, Edge after) {
    return before.vertex().op() instanceof ExecOp
        ? EdgeLabels.output(before).equals(EdgeLabels.output(after))
        : before.index() == after.index();
  }

  static String text(Optional<Edge> edge) {
    return edge.map(References::text).orElse("scratch");
  }

  private static String text(Edge edge) {
    String output = EdgeLabels.output(edge);
    return edge.vertex().name() + (output.isEmpty() ? "" : " -> " + output);
  }
}
