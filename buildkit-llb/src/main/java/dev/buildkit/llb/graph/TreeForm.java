/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import dev.buildkit.llb.Platform;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A tree of what the result reads, and what that reads. */
final class TreeForm {
  /** Deeper branches stand below the tree: lines of endless indentation help nobody. */
  private static final int DEPTH = 20;

  /**
   * An operation that is to be printed, and how its reader sees it.
   *
   * @param lead stands before it, and {@code indent} before what it reads
   */
  private record Line(
      Edge edge, String use, String lead, String indent, int depth, Optional<Platform> platform) {}

  private final Graph graph;
  private final Appendable out;
  private final Set<Vertex> shared;
  private final Map<Vertex, Integer> numbers = new HashMap<>();
  private final Set<Vertex> printed = new HashSet<>();
  private final Deque<Line> open = new ArrayDeque<>();
  private final Deque<Line> below = new ArrayDeque<>();

  TreeForm(Graph graph, Appendable out) {
    this.graph = graph;
    this.out = out;
    this.shared = shared(graph);
  }

  private static Set<Vertex> shared(Graph graph) {
    Set<Vertex> once = new HashSet<>();
    Set<Vertex> twice = new HashSet<>();
    for (Vertex vertex : graph.vertices()) {
      for (Edge input : vertex.inputs()) {
        if (!once.add(input.vertex())) {
          twice.add(input.vertex());
        }
      }
    }
    return twice;
  }

  void print() throws IOException {
    if (graph.result().isEmpty()) {
      out.append("scratch\n");
      return;
    }
    printBranch(root(graph.result().get(), Optional.empty()));
    while (!below.isEmpty()) {
      Line next = below.remove();
      if (!printed.contains(next.edge.vertex())) {
        out.append('\n');
        printBranch(next);
      }
    }
  }

  private static Line root(Edge edge, Optional<Platform> platform) {
    return new Line(edge, "", "", "", 0, platform);
  }

  private void printBranch(Line root) throws IOException {
    open.push(root);
    while (!open.isEmpty()) {
      print(open.pop());
    }
  }

  private void print(Line line) throws IOException {
    Vertex vertex = line.edge.vertex();
    out.append(line.lead).append(line.use.isEmpty() ? "" : line.use + ": ");
    if (printed.contains(vertex)) {
      out.append("see #" + number(vertex)).append(output(line.edge));
    } else if (line.depth > DEPTH) {
      out.append("see #" + number(vertex)).append(output(line.edge));
      below.add(root(new Edge(vertex, 0), line.platform));
    } else {
      printed.add(vertex);
      describe(line, vertex);
      openInputs(line, vertex);
    }
    out.append('\n');
  }

  private void describe(Line line, Vertex vertex) throws IOException {
    out.append(PlainText.line(vertex.name())).append(output(line.edge));
    List<String> notes = new ArrayList<>();
    if (shared.contains(vertex) || numbers.containsKey(vertex)) {
      notes.add("#" + number(vertex));
    }
    vertex
        .platform()
        .filter(platform -> !line.platform.equals(Optional.of(platform)))
        .ifPresent(platform -> notes.add(platform.toString()));
    if (vertex.metadata().ignoreCache()) {
      notes.add("ignore cache");
    }
    vertex
        .metadata()
        .exportCache()
        .ifPresent(export -> notes.add(export ? "export cache" : "do not export cache"));
    if (!notes.isEmpty()) {
      out.append("  [").append(String.join(", ", notes)).append(']');
    }
  }

  private static String output(Edge edge) {
    String output = EdgeLabels.output(edge);
    return output.isEmpty() ? "" : " -> " + PlainText.line(output);
  }

  private int number(Vertex vertex) {
    return numbers.computeIfAbsent(vertex, key -> numbers.size() + 1);
  }

  /** Opens what an operation reads: further inputs first, and the first one last, at its own level. */
  private void openInputs(Line line, Vertex vertex) {
    Optional<Platform> platform = vertex.platform().or(() -> line.platform);
    List<Edge> inputs = vertex.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      int input = i == 0 ? 0 : inputs.size() - i;
      String use = PlainText.line(EdgeLabels.use(vertex.op(), input));
      open.push(
          input == 0
              ? new Line(inputs.get(0), use, line.indent, line.indent, line.depth, platform)
              : new Line(
                  inputs.get(input),
                  use,
                  line.indent + "\u251c\u2500 ",
                  line.indent + "\u2502  ",
                  line.depth + 1,
                  platform));
    }
  }
}
