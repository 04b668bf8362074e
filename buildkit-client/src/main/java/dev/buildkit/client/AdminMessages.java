/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import com.google.protobuf.Timestamp;
import dev.buildkit.api.ControlProto;
import dev.buildkit.api.OpsProto;
import dev.buildkit.api.WorkerProto;
import dev.buildkit.llb.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Turns messages about workers and caches into values and back. */
final class AdminMessages {
  private AdminMessages() {}

  static WorkerInfo worker(WorkerProto.WorkerRecord record) {
    return new WorkerInfo(
        record.getID(),
        record.getLabelsMap(),
        record.getPlatformsList().stream()
            .map(AdminMessages::platform)
            .flatMap(Optional::stream)
            .toList(),
        record.getGCPolicyList().stream().map(AdminMessages::policy).toList(),
        version(record.getBuildkitVersion()),
        record.getCDIDevicesList().stream().map(AdminMessages::device).toList());
  }

  static DaemonInfo version(WorkerProto.BuildkitVersion version) {
    return new DaemonInfo(
        version.getPackage(),
        version.getVersion(),
        version.getRevision(),
        version.getDockerfileVersion());
  }

  static UsageInfo usage(ControlProto.UsageRecord record) {
    return new UsageInfo(
        record.getID(),
        record.getMutable(),
        record.getInUse(),
        record.getSize(),
        instant(record.getCreatedAt()),
        record.hasLastUsedAt() ? Optional.of(instant(record.getLastUsedAt())) : Optional.empty(),
        record.getUsageCount(),
        parents(record),
        record.getDescription(),
        record.getRecordType(),
        record.getShared());
  }

  static ControlProto.PruneRequest prune(PruneOptions options) {
    return ControlProto.PruneRequest.newBuilder()
        .setAll(options.isAll())
        .addAllFilter(options.filters())
        .setKeepDuration(TimeUnit.NANOSECONDS.convert(options.keepDuration()))
        .setReservedSpace(reservedSpace(options))
        .setMaxUsedSpace(options.maxUsedSpace())
        .setMinFreeSpace(options.minFreeSpace())
        .build();
  }

  /**
   * Daemons before 0.17 know one limit only, which is what the cache may use, in the field that is now the reserved space. Where
   * no other limit is set, newer ones prune the same whether the field is set or not.
   */
  private static long reservedSpace(PruneOptions options) {
    boolean alone = options.reservedSpace() == 0 && options.minFreeSpace() == 0;
    return alone ? options.maxUsedSpace() : options.reservedSpace();
  }

  @SuppressWarnings("deprecation") // the only field that daemons before 0.10 fill
  private static List<String> parents(ControlProto.UsageRecord record) {
    if (record.getParentsCount() == 0 && !record.getParent().isEmpty()) {
      return List.of(record.getParent());
    }
    return record.getParentsList();
  }

  private static Optional<Platform> platform(OpsProto.Platform message) {
    if (message.getOS().isEmpty() || message.getArchitecture().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Platform.of(message.getOS(), message.getArchitecture())
        .variant(message.getVariant())
        .osVersion(message.getOSVersion())
        .osFeatures(message.getOSFeaturesList()));
  }

  /** A daemon may say anything, so nothing of it is refused: a size below zero is no limit. */
  private static PruneOptions policy(WorkerProto.GCPolicy policy) {
    PruneOptions options = policy.getAll() ? PruneOptions.none().all() : PruneOptions.none();
    for (String filter : policy.getFiltersList()) {
      options = filter.isBlank() ? options : options.filter(filter);
    }
    return options
        .keepDuration(Duration.ofNanos(Math.max(0, policy.getKeepDuration())))
        .reservedSpace(Math.max(0, policy.getReservedSpace()))
        .maxUsedSpace(Math.max(0, policy.getMaxUsedSpace()))
        .minFreeSpace(Math.max(0, policy.getMinFreeSpace()));
  }

  private static CdiDevice device(WorkerProto.CDIDevice device) {
    return new CdiDevice(
        device.getName(), device.getAutoAllow(), device.getAnnotationsMap(), device.getOnDemand());
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
