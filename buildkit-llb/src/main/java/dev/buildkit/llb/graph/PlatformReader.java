/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import dev.buildkit.api.OpsProto;
import dev.buildkit.llb.Platform;
import java.util.Optional;

/** Reads the platform of an operation. */
final class PlatformReader {
  private PlatformReader() {}

  static Optional<Platform> read(OpsProto.Op op, Door door) {
    return op.hasPlatform() ? Optional.of(read(op.getPlatform(), door)) : Optional.empty();
  }

  private static Platform read(OpsProto.Platform message, Door door) {
    if (message.getOS().isEmpty() || message.getArchitecture().isEmpty()) {
      throw door.refuse("its platform has no operating system or no architecture");
    }
    return Platform.of(message.getOS(), message.getArchitecture())
        .variant(message.getVariant())
        .osVersion(message.getOSVersion())
        .osFeatures(message.getOSFeaturesList());
  }
}
