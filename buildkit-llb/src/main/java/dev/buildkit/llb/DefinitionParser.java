/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.ExecOp;
import dev.buildkit.api.OpsProto.Input;
import dev.buildkit.api.OpsProto.MountType;
import dev.buildkit.api.OpsProto.Op;
import java.util.HashMap;
import java.util.Map;

/** Reads a definition and checks what a daemon would refuse: what refers to nothing. */
final class DefinitionParser {
  private static final String REMEDY =
      "; pass the bytes of Definition.toByteArray() or of another BuildKit client's marshal";

  private final OpsProto.Definition message;

  private DefinitionParser(OpsProto.Definition message) {
    this.message = message;
  }

  /** Returns the message in {@code bytes}, of which every reference leads somewhere. */
  static OpsProto.Definition parse(byte[] bytes) {
    try {
      OpsProto.Definition message = OpsProto.Definition.parseFrom(bytes);
      if (message.getDefCount() == 0) {
        throw invalid("there are no operations in " + bytes.length + " bytes" + REMEDY);
      }
      new DefinitionParser(message).check();
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

  private void check() {
    int last = message.getDefCount() - 1;
    Map<String, Long> outputs = new HashMap<>();
    for (int i = 0; i < last; i++) {
      ByteString bytes = message.getDef(i);
      outputs.put(
          Digest.sha256(bytes.asReadOnlyByteBuffer()).toString(), outputs(operation(message, i)));
    }
    for (int i = 0; i < last; i++) {
      checkInputs(i, operation(message, i), outputs);
    }
    Op result = operation(message, last);
    if (result.getOpCase() != Op.OpCase.OP_NOT_SET || result.getInputsCount() == 0) {
      throw invalid("the last of " + (last + 1)
          + " operations does not name a result; was it cut off?" + REMEDY);
    }
    checkInputs(last, result, outputs);
  }

  private static void checkInputs(int index, Op op, Map<String, Long> outputs) {
    for (Input input : op.getInputsList()) {
      Long count = outputs.get(input.getDigest());
      if (count == null) {
        throw invalid("operation " + index + " reads \"" + input.getDigest()
            + "\", which is missing" + REMEDY);
      }
      if (input.getIndex() < 0 || input.getIndex() >= count) {
        throw invalid("operation " + index + " reads output " + input.getIndex() + " of "
            + input.getDigest() + ", which has " + count + REMEDY);
      }
    }
  }

  /** Returns how many outputs an operation may have. */
  private static long outputs(Op op) {
    return switch (op.getOpCase()) {
      case EXEC -> outputs(op.getExec());
      case FILE ->
        op.getFile().getActionsList().stream().filter(a -> a.getOutput() >= 0).count();
      case PASSTHROUGH -> op.getPassthrough().getOutputsCount();
      case SOURCE, BUILD, MERGE, DIFF -> 1;
      // An operation of a newer BuildKit: its outputs cannot be counted.
      case OP_NOT_SET -> Long.MAX_VALUE;
    };
  }

  private static long outputs(ExecOp exec) {
    return exec.getMountsList().stream()
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
