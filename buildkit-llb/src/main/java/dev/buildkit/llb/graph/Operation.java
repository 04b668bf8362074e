/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.buildkit.api.OpsProto;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Digest;
import java.util.ArrayList;
import java.util.List;

/** An operation as it stands in a definition. */
record Operation(OpsProto.Op op, Digest digest, OpsProto.OpMetadata metadata, int length) {
  /** Returns the operations of a definition, the last of which only names the result. */
  static List<Operation> of(Definition definition) {
    List<Operation> operations = new ArrayList<>();
    for (ByteString bytes : definition.toProto().getDefList()) {
      operations.add(of(definition.toProto(), bytes));
    }
    return operations;
  }

  private static Operation of(OpsProto.Definition definition, ByteString bytes) {
    Digest digest = Digest.sha256(bytes.toByteArray());
    OpsProto.OpMetadata metadata = definition.getMetadataOrDefault(
        digest.toString(), OpsProto.OpMetadata.getDefaultInstance());
    try {
      return new Operation(OpsProto.Op.parseFrom(bytes), digest, metadata, bytes.size());
    } catch (InvalidProtocolBufferException e) {
      throw new Door(digest.toString()).refuse("its bytes are broken: " + e.getMessage());
    }
  }
}
