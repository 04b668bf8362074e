/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.ExecOp;
import dev.buildkit.api.OpsProto.Input;
import dev.buildkit.api.OpsProto.MountType;
import dev.buildkit.api.OpsProto.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a definition and checks what a daemon would refuse: what refers to nothing. */
final class DefinitionParser {
  private static final String REMEDY =
      "; pass the bytes of Definition.toByteArray() or of another BuildKit client's marshal";

  private final List<Op> operations = new ArrayList<>();
  private final Map<String, Integer> outputs = new HashMap<>();

  private DefinitionParser() {}

  /** Returns the message in {@code bytes}, of which every reference leads somewhere. */
  static OpsProto.Definition parse(byte[] bytes) {
    try {
      OpsProto.Definition message = OpsProto.Definition.parseFrom(bytes);
      if (message.getDefCount() == 0) {
        throw invalid("there are no operations in " + bytes.length + " bytes" + REMEDY);
      }
      new DefinitionParser().check(message);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw invalid(bytes.length + " bytes are no definition: " + reason(e) + REMEDY, e);
    }
  }

  /** Returns the operation at {@code index}. */
  static Op operation(OpsProto.Definition message, int index) {
    try {
      return Op.parseFrom(message.getDef(index));
    } catch (InvalidProtocolBufferException e) {
      throw invalid("operation " + index + " is broken: " + reason(e) + REMEDY, e);
    }
  }

  private void check(OpsProto.Definition message) {
    int last = message.getDefCount() - 1;
    for (int i = 0; i <= last; i++) {
      Op op = operation(message, i);
      operations.add(op);
      outputs.put(Digest.sha256(message.getDef(i).asReadOnlyByteBuffer()).toString(), outputs(op));
    }
    Op result = operations.get(last);
    if (result.getOpCase() != Op.OpCase.OP_NOT_SET || result.getInputsCount() == 0) {
      throw invalid(
          "the last of " + (last + 1) + " operations names no result; was it cut off?" + REMEDY);
    }
    for (int i = 0; i <= last; i++) {
      for (Input input : operations.get(i).getInputsList()) {
        check(i, input);
      }
    }
  }

  private void check(int index, Input input) {
    Integer count = outputs.get(input.getDigest());
    if (count == null) {
      throw invalid(
          "operation " + index + " reads \"" + input.getDigest() + "\", which is missing" + REMEDY);
    }
    if (input.getIndex() < 0 || input.getIndex() >= count) {
      throw invalid("operation " + index + " reads output " + input.getIndex() + " of "
          + input.getDigest() + ", which has " + count + REMEDY);
    }
  }

  /** Returns how many outputs an operation may have. */
  private static int outputs(Op op) {
    return switch (op.getOpCase()) {
      case EXEC -> outputs(op.getExec());
      case PASSTHROUGH -> op.getPassthrough().getOutputsCount();
      case FILE ->
        (int) op.getFile().getActionsList().stream()
            .filter(a -> a.getOutput() >= 0)
            .count();
      case SOURCE, BUILD, MERGE, DIFF -> 1;
      // An operation of a newer BuildKit, whose outputs cannot be counted.
      case OP_NOT_SET -> Integer.MAX_VALUE;
    };
  }

  private static int outputs(ExecOp exec) {
    return (int) exec.getMountsList().stream()
        .filter(mount -> mount.getMountType() == MountType.BIND && mount.getOutput() >= 0)
        .count();
  }

  private static String reason(InvalidProtocolBufferException e) {
    return String.valueOf(e.getMessage());
  }

  private static IllegalArgumentException invalid(String reason) {
    return new IllegalArgumentException("parse definition: " + reason);
  }

  private static IllegalArgumentException invalid(String reason, Exception cause) {
    return new IllegalArgumentException("parse definition: " + reason, cause);
  }
}
