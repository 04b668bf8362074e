/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.buildkit.api.OpsProto;
import dev.buildkit.examples.buildctl.flag.FlagException;
import dev.buildkit.examples.buildctl.gotext.GoJson;
import dev.buildkit.examples.buildctl.gotext.GoStruct;
import dev.buildkit.llb.Digest;
import java.util.ArrayList;
import java.util.List;

/** An operation of a graph that was made elsewhere. */
record LlbOperation(OpsProto.Op op, String digest, OpsProto.OpMetadata metadata) {
  /**
   * Returns the operations of a definition, which need not be complete.
   *
   * @throws FlagException if the bytes are no definition
   */
  static List<LlbOperation> parse(byte[] bytes) {
    try {
      OpsProto.Definition definition = OpsProto.Definition.parseFrom(bytes);
      List<LlbOperation> operations = new ArrayList<>();
      for (ByteString op : definition.getDefList()) {
        String digest = Digest.sha256(op.toByteArray()).toString();
        operations.add(new LlbOperation(
            OpsProto.Op.parseFrom(op), digest, definition.getMetadataOrDefault(digest, NONE)));
      }
      return operations;
    } catch (InvalidProtocolBufferException e) {
      throw new FlagException("failed to parse op: " + e.getMessage());
    }
  }

  private static final OpsProto.OpMetadata NONE = OpsProto.OpMetadata.getDefaultInstance();

  String json() {
    return GoJson.escaped(GoStruct.of("llbOp")
        .add("Op", "Op", ProtoFields.of(op))
        .add("Digest", "Digest", digest)
        .add("OpMetadata", "OpMetadata", ProtoFields.of(metadata)));
  }
}
