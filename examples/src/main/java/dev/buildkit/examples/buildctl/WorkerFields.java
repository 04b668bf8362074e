/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import static dev.buildkit.examples.buildctl.gotext.GoStruct.orNull;

import dev.buildkit.client.CdiDevice;
import dev.buildkit.client.DaemonInfo;
import dev.buildkit.client.PruneOptions;
import dev.buildkit.client.WorkerInfo;
import dev.buildkit.examples.buildctl.gotext.GoStruct;
import dev.buildkit.llb.Platform;

/** Workers as templates and JSON see them. */
final class WorkerFields {
  private WorkerFields() {}

  static GoStruct of(WorkerInfo worker) {
    return GoStruct.of("client.WorkerInfo")
        .add("ID", "id", worker.id())
        .add("Labels", "labels", orNull(worker.labels()))
        .add(
            "Platforms",
            "platforms",
            worker.platforms().stream().map(WorkerFields::of).toList())
        .add(
            "GCPolicy",
            "gcPolicy",
            worker.gcPolicy().stream().map(WorkerFields::of).toList())
        .add("BuildkitVersion", "buildkitVersion", of(worker.buildkitVersion()))
        .add(
            "CDIDevices",
            "cdiDevices",
            orNull(worker.cdiDevices().stream().map(WorkerFields::of).toList()));
  }

  static GoStruct of(DaemonInfo version) {
    return GoStruct.of("client.BuildkitVersion")
        .add("Package", "package", version.packageName())
        .add("Version", "version", version.version())
        .add("Revision", "revision", version.revision())
        .addUnlessEmpty("DockerfileVersion", "dockerfileVersion", version.dockerfileVersion());
  }

  private static GoStruct of(Platform platform) {
    return GoStruct.of("v1.Platform")
        .add("Architecture", "architecture", platform.architecture())
        .add("OS", "os", platform.os())
        .addUnlessEmpty("OSVersion", "os.version", platform.osVersion())
        .addUnlessEmpty("OSFeatures", "os.features", platform.osFeatures())
        .addUnlessEmpty("Variant", "variant", platform.variant());
  }

  private static GoStruct of(PruneOptions policy) {
    return GoStruct.of("client.PruneInfo")
        .add("All", "all", policy.isAll())
        .add("Filter", "filter", orNull(policy.filters()))
        .add("KeepDuration", "keepDuration", policy.keepDuration())
        .add("ReservedSpace", "reservedSpace", policy.reservedSpace())
        .add("MaxUsedSpace", "maxUsedSpace", policy.maxUsedSpace())
        .add("MinFreeSpace", "minFreeSpace", policy.minFreeSpace());
  }

  private static GoStruct of(CdiDevice device) {
    return GoStruct.of("client.CDIDevice")
        .add("Name", "name", device.name())
        .add("AutoAllow", "autoAllow", device.autoAllow())
        .add("Annotations", "annotations", orNull(device.annotations()))
        .add("OnDemand", "onDemand", device.onDemand());
  }
}
