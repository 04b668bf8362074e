/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/**
 * A form in which graphs are printed.
 *
 * <pre>{@code
 * System.out.print(GraphPrinter.tree().print(Graph.of(definition)));
 * }</pre>
 *
 * <p>Printers are immutable and print operation by operation, so that a large graph needs no memory.
 */
public final class GraphPrinter {
  /** How one form is written. */
  interface Form {
    void print(Graph graph, Appendable out) throws IOException;
  }

  private final Form form;

  private GraphPrinter(Form form) {
    this.form = form;
  }

  /**
   * Returns a printer of one JSON object a line for each operation of the definition, the last of which
   * names the result: the bytes of {@code buildctl debug dump-llb}, and symbolic links, which that leaves
   * out.
   */
  public static GraphPrinter jsonLines() {
    return new GraphPrinter(new JsonLinesForm());
  }

  /** Returns a printer in Graphviz' language: the bytes of {@code buildctl debug dump-llb --dot}. */
  public static GraphPrinter dot() {
    return new GraphPrinter(new DotForm());
  }

  /**
   * Returns a printer of Mermaid flowcharts, which GitHub shows in Markdown. Mermaid itself refuses texts
   * of more than 50,000 characters.
   */
  public static GraphPrinter mermaid() {
    return new GraphPrinter(new MermaidForm());
  }

  /**
   * Returns a printer of a tree for terminals: the result first and below it what it reads.
   *
   * <p>Each operation has one line, with its platform where that differs from its reader's, and stands
   * once; later references name its number. The first input of an operation follows at the same level,
   * further inputs come before it and are indented. Operations that the result does not need are left
   * out. Control characters are escaped, and long names cut.
   */
  public static GraphPrinter tree() {
    return new GraphPrinter((graph, out) -> new TreeForm(graph, out).print());
  }

  /**
   * Prints a graph to {@code out}.
   *
   * @throws IOException if {@code out} fails
   */
  public void print(Graph graph, Appendable out) throws IOException {
    form.print(requireNonNull(graph, "graph"), requireNonNull(out, "out"));
  }

  /** Returns a graph as text. */
  public String print(Graph graph) {
    StringBuilder text = new StringBuilder();
    try {
      print(graph, text);
    } catch (IOException e) {
      throw new AssertionError("memory takes all that is written", e);
    }
    return text.toString();
  }
}
