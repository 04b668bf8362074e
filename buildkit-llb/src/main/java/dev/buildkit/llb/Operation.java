/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import com.google.protobuf.ByteString;
import dev.buildkit.api.OpsProto.Op;
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
    ByteString bytes = encode(op);
    return new Operation(bytes, Digest.sha256(bytes.asReadOnlyByteBuffer()), metadata, locations);
  }

  /**
   * Returns the bytes as Go writes them: the members of a oneof come after all other fields, although
   * their numbers (2 to 8) are lower than those of platform (10) and constraints (11). Java writes by
   * number alone, and so would give every operation another digest.
   */
  private static ByteString encode(Op op) {
    Op others = op.toBuilder().clearOp().build();
    Op oneof = op.toBuilder().clearInputs().clearPlatform().clearConstraints().build();
    return others.toByteString().concat(oneof.toByteString());
  }
}
