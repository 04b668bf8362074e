/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import dev.buildkit.api.OpsProto;
import dev.buildkit.llb.LinuxResources;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what is said about an operation. */
final class MetadataReader {
  private MetadataReader() {}

  static OpMetadata read(OpsProto.OpMetadata message) {
    return new OpMetadata(
        message.getIgnoreCache(),
        message.getDescriptionMap(),
        message.hasExportCache()
            ? Optional.of(message.getExportCache().getValue())
            : Optional.empty(),
        message.hasProgressGroup()
            ? Optional.of(group(message.getProgressGroup()))
            : Optional.empty(),
        resources(message.getLinuxResources()),
        caps(message));
  }

  private static OpMetadata.ProgressGroup group(OpsProto.ProgressGroup message) {
    return new OpMetadata.ProgressGroup(message.getId(), message.getName(), message.getWeak());
  }

  private static Set<String> caps(OpsProto.OpMetadata message) {
    return message.getCapsMap().entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static LinuxResources resources(OpsProto.LinuxResources message) {
    LinuxResources limits = LinuxResources.none()
        .cpusetCpus(message.getCpusetCpus())
        .cpusetMems(message.getCpusetMems());
    if (message.getMemory() != 0) {
      limits = limits.memoryBytes(message.getMemory());
    }
    if (message.getMemorySwap() != 0) {
      limits = limits.memorySwapBytes(message.getMemorySwap());
    }
    if (message.getCpuShares() != 0) {
      limits = limits.cpuShares(message.getCpuShares());
    }
    if (message.getCpuPeriod() != 0) {
      limits = limits.cpuPeriodMicros(message.getCpuPeriod());
    }
    return message.getCpuQuota() == 0 ? limits : limits.cpuQuotaMicros(message.getCpuQuota());
  }
}
