/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.buildkit.api.ControlProto.PruneRequest;
import dev.buildkit.api.ControlProto.UsageRecord;
import dev.buildkit.api.OpsProto;
import dev.buildkit.api.WorkerProto;
import dev.buildkit.llb.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdminMessagesTest {
  @Test
  void readsAllOfAWorker() {
    WorkerInfo worker = AdminMessages.worker(WorkerProto.WorkerRecord.newBuilder()
        .setID("id")
        .putLabels("key", "value")
        .addPlatforms(platform("linux", "arm").setVariant("v7"))
        .addPlatforms(platform("windows", "amd64").setOSVersion("10").addOSFeatures("win32k"))
        .addGCPolicy(WorkerProto.GCPolicy.newBuilder()
            .setAll(true)
            .addFilters("type==regular")
            .setKeepDuration(7)
            .setReservedSpace(1)
            .setMaxUsedSpace(2)
            .setMinFreeSpace(3))
        .setBuildkitVersion(
            WorkerProto.BuildkitVersion.newBuilder().setPackage("p").setVersion("v1"))
        .addCDIDevices(WorkerProto.CDIDevice.newBuilder()
            .setName("vendor.com/gpu=0")
            .setOnDemand(true)
            .putAnnotations("a", "b"))
        .build());

    assertThat(worker)
        .isEqualTo(new WorkerInfo(
            "id",
            Map.of("key", "value"),
            List.of(
                Platform.LINUX_ARM_V7,
                Platform.WINDOWS_AMD64.osVersion("10").osFeatures(List.of("win32k"))),
            List.of(PruneOptions.none()
                .all()
                .filter("type==regular")
                .keepDuration(Duration.ofNanos(7))
                .reservedSpace(1)
                .maxUsedSpace(2)
                .minFreeSpace(3)),
            new DaemonInfo("p", "v1", "", ""),
            List.of(new CdiDevice("vendor.com/gpu=0", false, Map.of("a", "b"), true))));
  }

  @Test
  void toleratesAWorkerThatSaysLittle() {
    WorkerInfo worker = AdminMessages.worker(WorkerProto.WorkerRecord.newBuilder()
        .setID("moby")
        .addPlatforms(OpsProto.Platform.getDefaultInstance())
        .addGCPolicy(WorkerProto.GCPolicy.newBuilder().setMaxUsedSpace(-1).addFilters(""))
        .build());

    assertThat(worker)
        .isEqualTo(new WorkerInfo(
            "moby",
            Map.of(),
            List.of(),
            List.of(PruneOptions.none()),
            new DaemonInfo("", "", "", ""),
            List.of()));
  }

  @Test
  void readsAllOfARecord() {
    UsageInfo usage = AdminMessages.usage(UsageRecord.newBuilder()
        .setID("id")
        .setMutable(true)
        .setInUse(true)
        .setSize(42)
        .setCreatedAt(Timestamp.newBuilder().setSeconds(1).setNanos(2))
        .setLastUsedAt(Timestamp.newBuilder().setSeconds(3))
        .setUsageCount(4)
        .addParents("p")
        .setDescription("d")
        .setRecordType("regular")
        .setShared(true)
        .build());

    assertThat(usage)
        .isEqualTo(new UsageInfo(
            "id",
            true,
            true,
            42,
            Instant.ofEpochSecond(1, 2),
            Optional.of(Instant.ofEpochSecond(3)),
            4,
            List.of("p"),
            "d",
            "regular",
            true));
  }

  @Test
  @SuppressWarnings("deprecation") // what old daemons send
  void toleratesARecordOfAnOldDaemon() {
    UsageInfo usage =
        AdminMessages.usage(UsageRecord.newBuilder().setParent("p").build());

    assertThat(usage.parents()).containsExactly("p");
    assertThat(usage.createdAt()).isEqualTo(Instant.EPOCH);
    assertThat(usage.lastUsedAt()).isEmpty();
    assertThat(AdminMessages.usage(UsageRecord.getDefaultInstance()).parents()).isEmpty();
  }

  @Test
  void asksForAllThatIsSaid() {
    PruneRequest request = AdminMessages.prune(PruneOptions.none()
        .all()
        .filter("type==regular")
        .keepDuration(Duration.ofSeconds(1))
        .reservedSpace(1)
        .maxUsedSpace(2)
        .minFreeSpace(3));

    assertThat(request)
        .isEqualTo(PruneRequest.newBuilder()
            .setAll(true)
            .addFilter("type==regular")
            .setKeepDuration(1_000_000_000)
            .setReservedSpace(1)
            .setMaxUsedSpace(2)
            .setMinFreeSpace(3)
            .build());
  }

  @Test
  void theOnlyLimitAlsoReachesOldDaemons() {
    assertThat(AdminMessages.prune(PruneOptions.none().maxUsedSpace(5)).getReservedSpace())
        .isEqualTo(5);
    assertThat(AdminMessages.prune(PruneOptions.none().maxUsedSpace(5).minFreeSpace(1))
            .getReservedSpace())
        .isZero();
  }

  @Test
  void anEndlessDurationIsAsLongAsCanBeSaid() {
    assertThat(AdminMessages.prune(
                PruneOptions.none().keepDuration(Duration.ofSeconds(Long.MAX_VALUE)))
            .getKeepDuration())
        .isEqualTo(Long.MAX_VALUE);
  }

  private static OpsProto.Platform.Builder platform(String os, String architecture) {
    return OpsProto.Platform.newBuilder().setOS(os).setArchitecture(architecture);
  }
}
