/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What an operation uses its inputs for, and what its outputs are, in a few words. */
final class EdgeLabels {
  private EdgeLabels() {}

  /** Returns what an operation uses an input for; nothing where that is plain. */
  static String use(Op op, int input) {
    if (op instanceof ExecOp exec) {
      return mounts(exec, input);
    } else if (op instanceof FileOp file) {
      return copies(file, input);
    } else if (op instanceof MergeOp) {
      return "layer " + input;
    } else if (op instanceof DiffOp diff) {
      return diff.lower() == input ? "lower" : "upper";
    } else if (op instanceof BuildOp build) {
      return names(build.inputs(), input);
    }
    return op instanceof PassthroughOp passthrough ? outputs(passthrough, input) : "";
  }

  /** Returns which output of an operation is meant; nothing if it is the root or the only one. */
  static String output(Edge edge) {
    if (edge.vertex().op() instanceof ExecOp exec) {
      List<String> outputs = outputs(exec);
      String output = edge.index() < outputs.size() ? outputs.get(edge.index()) : "";
      return output.equals("/") ? "" : output;
    }
    return edge.index() == 0 ? "" : "output " + edge.index();
  }

  /** Returns where a command leaves its outputs. */
  private static List<String> outputs(ExecOp exec) {
    return exec.mounts().stream()
        .filter(mount -> mount.mountType() == ExecOp.MountType.BIND && mount.output() >= 0)
        .map(ExecOp.Mount::dest)
        .toList();
  }

  private static String mounts(ExecOp exec, int input) {
    String mounts = exec.mounts().stream()
        .filter(mount -> mount.input() == input)
        .map(EdgeLabels::mount)
        .collect(Collectors.joining(", "));
    return mounts.equals("/") ? "" : mounts;
  }

  private static String mount(ExecOp.Mount mount) {
    return mount.selector().isEmpty() || mount.selector().equals("/")
        ? mount.dest()
        : mount.dest() + " = " + mount.selector();
  }

  private static String copies(FileOp file, int input) {
    return file.actions().stream()
        .filter(action -> action.secondaryInput() == input)
        .map(FileOp.Action::change)
        .map(change -> change instanceof FileOp.Copy copy ? copy.src() : "")
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String names(Map<String, Integer> inputs, int input) {
    return inputs.entrySet().stream()
        .filter(entry -> entry.getValue() == input)
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", "));
  }

  private static String outputs(PassthroughOp passthrough, int input) {
    return IntStream.range(0, passthrough.outputs().size())
        .filter(output -> passthrough.outputs().get(output) == input)
        .mapToObj(output -> "output " + output)
        .collect(Collectors.joining(", "));
  }
}
