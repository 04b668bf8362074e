/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.OpMetadata;
import dev.buildkit.api.OpsProto.Source;
import dev.buildkit.api.OpsProto.SourceInfo;

/**
 * Puts the map entries of messages in the order of their keys' UTF-8 bytes.
 *
 * <p>Protobuf writes entries in the order in which they were put; its own sorting compares UTF-16 units.
 */
final class Canonical {
  private Canonical() {}

  static OpsProto.Definition definition(OpsProto.Definition message) {
    OpsProto.Definition.Builder sorted = message.toBuilder().clearMetadata();
    Utf8.sorted(message.getMetadataMap())
        .forEach((digest, metadata) -> sorted.putMetadata(digest, metadata(metadata)));
    if (message.hasSource()) {
      sorted.setSource(source(message.getSource()));
    }
    return sorted.build();
  }

  private static OpMetadata metadata(OpMetadata message) {
    return message.toBuilder()
        .clearDescription()
        .putAllDescription(Utf8.sorted(message.getDescriptionMap()))
        .clearCaps()
        .putAllCaps(Utf8.sorted(message.getCapsMap()))
        .build();
  }

  private static Source source(Source message) {
    Source.Builder sorted = message.toBuilder()
        .clearLocations()
        .putAllLocations(Utf8.sorted(message.getLocationsMap()))
        .clearInfos();
    for (SourceInfo info : message.getInfosList()) {
      sorted.addInfos(
          info.hasDefinition()
              ? info.toBuilder().setDefinition(definition(info.getDefinition())).build()
              : info);
    }
    return sorted.build();
  }
}
