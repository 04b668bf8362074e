/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto.OpMetadata;
import java.util.Collection;

/** What is said about an operation without being part of it: names, cache flags, capabilities. */
final class Metadata {
  static final Metadata NONE = new Metadata(OpMetadata.getDefaultInstance());

  private final OpMetadata message;

  private Metadata(OpMetadata message) {
    this.message = message;
  }

  static Metadata of(OpMetadata message) {
    return new Metadata(message);
  }

  static Metadata of(OpMetadata.Builder message) {
    return new Metadata(message.build());
  }

  OpMetadata toProto() {
    return message;
  }

  OpMetadata.Builder toBuilder() {
    return message.toBuilder();
  }

  /** Returns both, the single values of {@code later} where it has them. */
  Metadata merge(Metadata later) {
    OpMetadata from = later.message;
    OpMetadata.Builder to = message.toBuilder();
    if (from.getIgnoreCache()) {
      to.setIgnoreCache(true);
    }
    if (from.hasExportCache()) {
      to.setExportCache(from.getExportCache());
    }
    if (from.hasProgressGroup()) {
      to.setProgressGroup(from.getProgressGroup());
    }
    if (from.hasLinuxResources()) {
      to.setLinuxResources(from.getLinuxResources());
    }
    to.putAllDescription(from.getDescriptionMap());
    from.getCapsMap().keySet().forEach(cap -> to.putCaps(cap, true));
    return of(to);
  }

  /** Returns the same with map entries in order. */
  Metadata canonical() {
    return of(Canonical.metadataOf(message));
  }

  Metadata addCaps(Collection<String> caps) {
    OpMetadata.Builder to = message.toBuilder();
    caps.forEach(cap -> to.putCaps(cap, true));
    return of(to);
  }
}
