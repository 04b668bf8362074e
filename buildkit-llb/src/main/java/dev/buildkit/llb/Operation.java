/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnsafeByteOperations;
import dev.buildkit.api.OpsProto.Input;
import dev.buildkit.api.OpsProto.Op;
import java.io.IOException;
import java.util.List;

/**
 * A marshaled operation.
 *
 * @param bytes are what its digest is made of
 * @param locations are the places that it was written at
 */
record Operation(
    ByteString bytes, Digest digest, Metadata metadata, List<SourceLocation> locations) {
  static Operation of(Op op, Metadata metadata, List<SourceLocation> locations) {
    byte[] bytes = encode(op);
    return new Operation(
        UnsafeByteOperations.unsafeWrap(bytes), Digest.sha256(bytes), metadata, locations);
  }

  /**
   * Returns the bytes as Go writes them: the members of a oneof come after all other fields, although
   * their numbers (2 to 8) are lower than those of platform (10) and constraints (11). Java writes by
   * number alone, and so would give every operation another digest.
   */
  private static byte[] encode(Op op) {
    byte[] bytes = new byte[op.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      for (Input input : op.getInputsList()) {
        out.writeMessage(Op.INPUTS_FIELD_NUMBER, input);
      }
      if (op.hasPlatform()) {
        out.writeMessage(Op.PLATFORM_FIELD_NUMBER, op.getPlatform());
      }
      if (op.hasConstraints()) {
        out.writeMessage(Op.CONSTRAINTS_FIELD_NUMBER, op.getConstraints());
      }
      if (op.getOpCase() != Op.OpCase.OP_NOT_SET) {
        out.writeMessage(op.getOpCase().getNumber(), kind(op));
      }
      out.checkNoSpaceLeft();
      return bytes;
    } catch (IOException e) {
      throw new IllegalStateException("an array has no room for what was measured", e);
    }
  }

  private static MessageLite kind(Op op) {
    return switch (op.getOpCase()) {
      case EXEC -> op.getExec();
      case SOURCE -> op.getSource();
      case FILE -> op.getFile();
      case BUILD -> op.getBuild();
      case MERGE -> op.getMerge();
      case DIFF -> op.getDiff();
      case PASSTHROUGH -> op.getPassthrough();
      case OP_NOT_SET -> throw new IllegalStateException("the operation does nothing");
    };
  }
}
