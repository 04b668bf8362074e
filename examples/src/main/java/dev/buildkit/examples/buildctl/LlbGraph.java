/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import static dev.buildkit.examples.buildctl.gotext.GoQuote.quote;

import dev.buildkit.api.OpsProto;
import java.util.List;
import java.util.stream.Collectors;

/** Operations as a graph in the language of Graphviz. */
final class LlbGraph {
  private LlbGraph() {}

  static String of(List<LlbOperation> operations) {
    StringBuilder dot = new StringBuilder("digraph {\n");
    operations.forEach(operation -> appendNode(dot, operation));
    operations.forEach(operation -> appendEdges(dot, operation));
    return dot.append("}\n").toString();
  }

  private static void appendNode(StringBuilder dot, LlbOperation operation) {
    dot.append("  ").append(quote(operation.digest()));
    dot.append(" [label=").append(quote(label(operation)));
    dot.append(" shape=").append(quote(shape(operation.op()))).append("];\n");
  }

  private static void appendEdges(StringBuilder dot, LlbOperation operation) {
    OpsProto.Op op = operation.op();
    for (int i = 0; i < op.getInputsCount(); i++) {
      dot.append("  ").append(quote(op.getInputs(i).getDigest()));
      dot.append(" -> ").append(quote(operation.digest()));
      dot.append(" [label=").append(quote(mountOf(op.getExec(), i))).append("];\n");
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
      default -> "plaintext";
    };
  }

  private static String label(LlbOperation operation) {
    OpsProto.Op op = operation.op();
    return switch (op.getOpCase()) {
      case SOURCE -> op.getSource().getIdentifier();
      case EXEC -> String.join(" ", op.getExec().getMeta().getArgsList());
      case BUILD -> "build";
      case MERGE -> "merge";
      case DIFF -> "diff";
      case FILE ->
        op.getFile().getActionsList().stream()
            .map(LlbGraph::label)
            .collect(Collectors.joining(","));
      default -> operation.digest();
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
      default -> "";
    };
  }
}
