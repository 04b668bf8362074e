/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import com.google.protobuf.ByteString;
import dev.buildkit.api.OpsProto;
import dev.buildkit.examples.buildctl.flag.FlagException;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Digest;
import java.io.IOException;
import java.io.InputStream;

/** A graph that another program made. */
final class StdinDefinition {
  private StdinDefinition() {}

  static Definition read(InputStream in) throws IOException {
    byte[] bytes = in.readAllBytes();
    if (bytes.length == 0) {
      throw new FlagException("empty definition sent to build. Specify --frontend instead?");
    }
    try {
      return Definition.parse(bytes);
    } catch (IllegalArgumentException e) {
      throw new FlagException("failed to parse input: " + e.getMessage());
    }
  }

  /** Returns the graph with a mark at each operation that its cached result is not to be used. */
  static Definition withoutCache(Definition definition) {
    OpsProto.Definition.Builder marked = definition.toProto().toBuilder();
    for (ByteString op : definition.toProto().getDefList()) {
      String digest = Digest.sha256(op.toByteArray()).toString();
      OpsProto.OpMetadata metadata =
          marked.getMetadataOrDefault(digest, OpsProto.OpMetadata.getDefaultInstance());
      marked.putMetadata(digest, metadata.toBuilder().setIgnoreCache(true).build());
    }
    return Definition.parse(marked.build().toByteArray());
  }
}
