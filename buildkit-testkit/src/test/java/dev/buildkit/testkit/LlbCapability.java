/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.api.OpsProto;
import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.State;
import java.util.Optional;

/** One of the many names that BuildKit has for what an operation may demand of the daemon. */
final class LlbCapability {
  /** Returns what the daemon says of an operation that demands the capability, unless it has it. */
  static Optional<String> lack(BuildKitClient client, String id) throws InterruptedException {
    State trivial = State.scratch().file(FileAction.mkdir("/directory", 0755));
    try {
      client.solve(SolveRequest.definition(demanding(id, trivial.marshal())).build());
      return Optional.empty();
    } catch (BuildKitException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Returns the definition with a demand on the daemon that none of its operations has. */
  static Definition demanding(String id, Definition definition) {
    OpsProto.Definition.Builder changed = definition.toProto().toBuilder();
    definition
        .toProto()
        .getMetadataMap()
        .forEach((digest, metadata) ->
            changed.putMetadata(digest, metadata.toBuilder().putCaps(id, true).build()));
    return Definition.parse(changed.build().toByteArray());
  }

  private LlbCapability() {}
}
