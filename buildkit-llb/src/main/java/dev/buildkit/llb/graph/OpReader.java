/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import dev.buildkit.api.OpsProto;
import dev.buildkit.llb.Definition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what an operation does. */
final class OpReader {
  private final OpsProto.Op op;
  private final Door door;

  OpReader(OpsProto.Op op, Door door) {
    this.op = op;
    this.door = door;
  }

  Op read() {
    return switch (op.getOpCase()) {
      case EXEC -> new ExecReader(op, door).read();
      case SOURCE -> new SourceOp(op.getSource().getIdentifier(), op.getSource().getAttrsMap());
      case FILE -> new FileReader(op, door).read();
      case BUILD -> build(op.getBuild());
      case MERGE -> merge(op.getMerge());
      case DIFF -> diff(op.getDiff());
      case PASSTHROUGH ->
        new PassthroughOp(
            op.getPassthrough().getId(),
            op.getPassthrough().getOutputsList().stream()
                .map(output -> input(output, "passthrough.outputs"))
                .toList());
      case OP_NOT_SET -> new UnknownOp(op.getUnknownFields().toByteString().asReadOnlyByteBuffer());
    };
  }

  private MergeOp merge(OpsProto.MergeOp message) {
    List<Integer> inputs = message.getInputsList().stream()
        .map(input -> input(input.getInput(), "merge.inputs"))
        .toList();
    return new MergeOp(inputs);
  }

  private DiffOp diff(OpsProto.DiffOp message) {
    if (!message.hasLower() || !message.hasUpper()) {
      throw door.refuse("diff.lower and diff.upper must both be there");
    }
    return new DiffOp(
        input(message.getLower().getInput(), "diff.lower"),
        input(message.getUpper().getInput(), "diff.upper"));
  }

  private BuildOp build(OpsProto.BuildOp message) {
    Map<String, Integer> inputs = new LinkedHashMap<>();
    message
        .getInputsMap()
        .forEach((name, input) ->
            inputs.put(name, input(input.getInput(), "build.inputs[" + name + "]")));
    return new BuildOp(
        input(message.getBuilder(), "build.builder"),
        inputs,
        // An empty definition is an empty file system, which nothing is built from.
        message.getDef().getDefCount() == 0
            ? Optional.empty()
            : Optional.of(Definition.parse(message.getDef().toByteArray())),
        message.getAttrsMap());
  }

  private int input(long index, String field) {
    return door.index(index, op.getInputsCount(), field);
  }
}
