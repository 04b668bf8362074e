/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.OpMetadata;
import dev.buildkit.api.OpsProto.Source;
import dev.buildkit.api.OpsProto.SourceInfo;
import dev.buildkit.llb.internal.Utf8;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts the map entries of messages in the order of their keys' UTF-8 bytes.
 *
 * <p>Protobuf writes entries in the order in which they were put; its own sorting compares UTF-16 units. What is in order
 * already, as definitions mostly are, is not copied.
 */
final class Canonical {
  /** Most operations have the same metadata as many others: one message serves them all. */
  private final Map<OpMetadata, OpMetadata> sorted = new HashMap<>();

  private Canonical() {}

  static OpsProto.Definition definition(OpsProto.Definition message) {
    return isCanonical(message) ? message : new Canonical().sort(message);
  }

  private static boolean isCanonical(OpsProto.Definition message) {
    return Utf8.isSorted(message.getMetadataMap())
        && message.getMetadataMap().values().stream().allMatch(Canonical::isCanonical)
        && (!message.hasSource() || isCanonical(message.getSource()));
  }

  private static boolean isCanonical(OpMetadata message) {
    return Utf8.isSorted(message.getDescriptionMap()) && Utf8.isSorted(message.getCapsMap());
  }

  private static boolean isCanonical(Source message) {
    return Utf8.isSorted(message.getLocationsMap())
        && message.getInfosList().stream()
            .allMatch(info -> !info.hasDefinition() || isCanonical(info.getDefinition()));
  }

  private OpsProto.Definition sort(OpsProto.Definition message) {
    OpsProto.Definition.Builder copy = message.toBuilder().clearMetadata();
    Utf8.sorted(message.getMetadataMap())
        .forEach((digest, metadata) -> copy.putMetadata(digest, metadata(metadata)));
    if (message.hasSource()) {
      copy.setSource(sort(message.getSource()));
    }
    return copy.build();
  }

  private OpMetadata metadata(OpMetadata message) {
    return sorted.computeIfAbsent(message, Canonical::metadataOf);
  }

  /** Returns the metadata of one operation in order. */
  static OpMetadata metadataOf(OpMetadata message) {
    return isCanonical(message)
        ? message
        : message.toBuilder()
            .clearDescription()
            .putAllDescription(Utf8.sorted(message.getDescriptionMap()))
            .clearCaps()
            .putAllCaps(Utf8.sorted(message.getCapsMap()))
            .build();
  }

  private static Source sort(Source message) {
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
