/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The name of an operation in progress reports.
 *
 * <p>Names hold names of inputs, so those of a small graph may be longer than any memory.
 */
final class VertexName {
  private static final int LIMIT = 4096;

  /** Texts, and vertices whose names are still to be written. */
  private final Deque<Object> rest = new ArrayDeque<>();

  private final StringBuilder name = new StringBuilder();

  private VertexName(Vertex vertex) {
    rest.push(vertex);
  }

  static String of(Vertex vertex) {
    return new VertexName(vertex).write();
  }

  private String write() {
    while (!rest.isEmpty() && name.length() <= LIMIT) {
      Object next = rest.pop();
      if (next instanceof Vertex vertex) {
        vertex.metadata().customName().ifPresentOrElse(name::append, () -> expand(vertex));
      } else {
        name.append(next);
      }
    }
    return name.length() <= LIMIT ? name.toString() : name.substring(0, LIMIT) + "\u2026";
  }

  private void expand(Vertex vertex) {
    Op op = vertex.op();
    if (op instanceof MergeOp) {
      merge(vertex.inputs());
    } else if (op instanceof DiffOp diff) {
      diff(vertex, diff);
    } else {
      name.append(simple(op));
    }
  }

  private void merge(List<Edge> inputs) {
    name.append("merge (");
    rest.push(")");
    for (int i = inputs.size() - 1; i >= 0; i--) {
      rest.push(inputs.get(i).vertex());
      rest.push(i == 0 ? "" : ", ");
    }
  }

  private void diff(Vertex vertex, DiffOp diff) {
    name.append("diff ");
    side(vertex, diff.upper());
    rest.push(" -> ");
    side(vertex, diff.lower());
  }

  private void side(Vertex vertex, int input) {
    if (input < 0) {
      rest.push("scratch");
    } else {
      rest.push(")");
      rest.push(vertex.inputs().get(input).vertex());
      rest.push("(");
    }
  }

  private static String simple(Op op) {
    if (op instanceof SourceOp source) {
      return source.identifier();
    } else if (op instanceof ExecOp exec) {
      return String.join(" ", exec.meta().args());
    } else if (op instanceof FileOp file) {
      return file.actions().stream()
          .map(action -> change(action.change()))
          .filter(change -> !change.isEmpty())
          .collect(Collectors.joining(", "));
    } else if (op instanceof PassthroughOp passthrough) {
      return "passthrough " + passthrough.id();
    }
    return op instanceof BuildOp ? "build" : "unknown";
  }

  private static String change(FileOp.Change change) {
    if (change instanceof FileOp.Mkdir mkdir) {
      return "mkdir " + mkdir.path();
    } else if (change instanceof FileOp.Mkfile mkfile) {
      return "mkfile " + mkfile.path();
    } else if (change instanceof FileOp.Symlink symlink) {
      return "symlink " + symlink.newpath() + " -> " + symlink.oldpath();
    } else if (change instanceof FileOp.Rm rm) {
      return "rm " + rm.path();
    }
    return change instanceof FileOp.Copy copy ? "copy " + copy.src() + " " + copy.dest() : "";
  }
}
