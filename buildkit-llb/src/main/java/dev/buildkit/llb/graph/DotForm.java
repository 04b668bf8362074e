/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import static dev.buildkit.llb.graph.GoQuote.quote;

import dev.buildkit.api.OpsProto;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Graphviz' language, as {@code buildctl debug dump-llb --dot} writes it. */
final class DotForm implements GraphPrinter.Form {
  @Override
  public void print(Graph graph, Appendable out) throws IOException {
    out.append("digraph {\n");
    for (Operation operation : graph.operations()) {
      node(operation, out);
    }
    for (Operation operation : graph.operations()) {
      edges(operation, out);
    }
    out.append("}\n");
  }

  private static void node(Operation operation, Appendable out) throws IOException {
    out.append("  ").append(quote(operation.digest().toString()));
    out.append(" [label=").append(quote(label(operation)));
    out.append(" shape=").append(quote(shape(operation.op()))).append("];\n");
  }

  private static void edges(Operation operation, Appendable out) throws IOException {
    List<OpsProto.Input> inputs = operation.op().getInputsList();
    for (int i = 0; i < inputs.size(); i++) {
      out.append("  ").append(quote(inputs.get(i).getDigest()));
      out.append(" -> ").append(quote(operation.digest().toString()));
      out.append(" [label=").append(quote(mountOf(operation.op().getExec(), i))).append("];\n");
    }
  }

  /** Returns where a command sees an input, unless that is its root. */
  private static String mountOf(OpsProto.ExecOp exec, int input) {
    return exec.getMountsList().stream()
        .filter(mount -> mount.getInput() == input && !mount.getDest().equals("/"))
        .reduce((first, second) -> second)
        .map(OpsProto.Mount::getDest)
        .orElse("");
  }

  private static String shape(OpsProto.Op op) {
    return switch (op.getOpCase()) {
      case SOURCE -> "ellipse";
      case EXEC -> "box";
      case BUILD -> "box3d";
      case MERGE -> "invtriangle";
      case DIFF -> "doublecircle";
      case FILE -> "note";
      case PASSTHROUGH, OP_NOT_SET -> "plaintext";
    };
  }

  private static String label(Operation operation) {
    OpsProto.Op op = operation.op();
    return switch (op.getOpCase()) {
      case SOURCE -> op.getSource().getIdentifier();
      case EXEC -> String.join(" ", op.getExec().getMeta().getArgsList());
      case BUILD -> "build";
      case MERGE -> "merge";
      case DIFF -> "diff";
      case FILE ->
        op.getFile().getActionsList().stream().map(DotForm::label).collect(Collectors.joining(","));
      case PASSTHROUGH, OP_NOT_SET -> operation.digest().toString();
    };
  }

  private static String label(OpsProto.FileAction action) {
    return switch (action.getActionCase()) {
      case COPY ->
        "copy{src=" + action.getCopy().getSrc() + ", dest=" + action.getCopy().getDest() + "}";
      case MKFILE -> "mkfile{path=" + action.getMkfile().getPath() + "}";
      case MKDIR -> "mkdir{path=" + action.getMkdir().getPath() + "}";
      case RM -> "rm{path=" + action.getRm().getPath() + "}";
      case SYMLINK ->
        "symlink{oldpath=" + action.getSymlink().getOldpath() + ", newpath="
            + action.getSymlink().getNewpath() + "}";
      case ACTION_NOT_SET -> "";
    };
  }
}
