/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A flowchart in Mermaid's language, from sources to the result. */
final class MermaidForm implements GraphPrinter.Form {
  private static final String RESULT = "  result(((\"result\")))\n";

  /** What quotes do not keep from being taken for Markdown, HTML or an entity. */
  private static final String SPECIAL = "\"#&<>`\\*_~";

  @Override
  public void print(Graph graph, Appendable out) throws IOException {
    out.append("flowchart TD\n");
    Map<Vertex, String> ids = new HashMap<>();
    for (Vertex vertex : graph.vertices()) {
      String id = "v" + ids.size();
      ids.put(vertex, id);
      out.append("  ").append(id).append(shape(vertex)).append('\n');
      List<Edge> inputs = vertex.inputs();
      for (int i = 0; i < inputs.size(); i++) {
        edge(ids, inputs.get(i), label(vertex.op(), i, inputs.get(i)), id, out);
      }
    }
    out.append(RESULT);
    if (graph.result().isPresent()) {
      Edge result = graph.result().get();
      edge(ids, result, EdgeLabels.output(result), "result", out);
    }
  }

  private static void edge(
      Map<Vertex, String> ids, Edge edge, String label, String to, Appendable out)
      throws IOException {
    out.append("  ").append(ids.get(edge.vertex())).append(" -->");
    if (!label.isEmpty()) {
      out.append("|\"").append(escape(label)).append("\"|");
    }
    out.append(' ').append(to).append('\n');
  }

  private static String label(Op op, int input, Edge edge) {
    String output = EdgeLabels.output(edge);
    String use = EdgeLabels.use(op, input);
    return output.isEmpty() || use.isEmpty() ? output + use : output + " to " + use;
  }

  private static String shape(Vertex vertex) {
    Op op = vertex.op();
    String label = '"' + escape(vertex.name()) + '"';
    if (op instanceof SourceOp) {
      return "([" + label + "])";
    } else if (op instanceof ExecOp) {
      return "[" + label + "]";
    } else if (op instanceof FileOp) {
      return "[/" + label + "/]";
    } else if (op instanceof MergeOp) {
      return "[\\" + label + "/]";
    } else if (op instanceof DiffOp) {
      return "{{" + label + "}}";
    }
    return op instanceof BuildOp ? "[[" + label + "]]" : "(" + label + ")";
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    String line = PlainText.line(text);
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (SPECIAL.indexOf(c) >= 0 || startsList(line, i)) {
        escaped.append('#').append((int) c).append(';');
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** Mermaid shows an error in place of a label that begins like a list: {@code - a} or {@code 1. a}. */
  private static boolean startsList(String line, int at) {
    char c = line.charAt(at);
    return at == 0 ? c == '-' || c == '+' : c == '.' && isNumber(line.substring(0, at));
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
