/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.OpMetadata;
import dev.buildkit.api.OpsProto.Source;
import dev.buildkit.api.OpsProto.SourceInfo;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts the map entries of messages in the order of their keys' UTF-8 bytes.
 *
 * <p>Protobuf writes entries in the order in which they were put; its own sorting compares UTF-16 units.
 */
final class Canonical {
  /** Most operations have the same metadata as many others: one message serves them all. */
  private final Map<OpMetadata, OpMetadata> sorted = new HashMap<>();

  private Canonical() {}

  static OpsProto.Definition definition(OpsProto.Definition message) {
    Canonical canonical = new Canonical();
    OpsProto.Definition.Builder sorted = message.toBuilder().clearMetadata();
    Utf8.sorted(message.getMetadataMap())
        .forEach((digest, metadata) -> sorted.putMetadata(digest, canonical.metadata(metadata)));
    if (message.hasSource()) {
      sorted.setSource(source(message.getSource()));
    }
    return sorted.build();
  }

  private OpMetadata metadata(OpMetadata message) {
    return sorted.computeIfAbsent(message, Canonical::sort);
  }

  private static OpMetadata sort(OpMetadata message) {
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
