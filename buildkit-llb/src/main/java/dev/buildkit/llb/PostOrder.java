/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Visits the nodes of a graph without cycles, each once and after those before it.
 *
 * <p>The stack does not grow with the depth of the graph: builds may have 100,000 steps.
 */
final class PostOrder<T> {
  /** A node whose predecessors are being visited. */
  private record Open<T>(T node, Iterator<T> before) {}

  private final Function<T, List<T>> before;
  private final Set<T> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Open<T>> open = new ArrayDeque<>();

  private PostOrder(Function<T, List<T>> before) {
    this.before = before;
  }

  /**
   * Visits {@code last} and all before it.
   *
   * @param before returns the direct predecessors of a node, in the order of their visits
   */
  static <T> void visit(T last, Function<T, List<T>> before, Consumer<T> visitor) {
    PostOrder<T> order = new PostOrder<>(before);
    order.open(last);
    while (!order.open.isEmpty()) {
      Open<T> top = order.open.element();
      if (top.before.hasNext()) {
        order.open(top.before.next());
      } else {
        visitor.accept(order.open.pop().node);
      }
    }
  }

  private void open(T node) {
    if (seen.add(node)) {
      open.push(new Open<>(node, before.apply(node).iterator()));
    }
  }
}
