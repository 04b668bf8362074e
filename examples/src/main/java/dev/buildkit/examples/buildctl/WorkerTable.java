/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.client.CdiDevice;
import dev.buildkit.client.DaemonInfo;
import dev.buildkit.client.PruneOptions;
import dev.buildkit.client.WorkerInfo;
import dev.buildkit.examples.buildctl.gotext.ByteSize;
import dev.buildkit.examples.buildctl.gotext.GoDuration;
import dev.buildkit.examples.buildctl.gotext.TabWriter;
import dev.buildkit.llb.Platform;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Workers as people see them. */
final class WorkerTable {
  private final TabWriter table = TabWriter.tabs();

  /** Returns a line for each worker. */
  static String rows(List<WorkerInfo> workers) {
    TabWriter table = TabWriter.tabs();
    table.line("ID\tPLATFORMS");
    workers.forEach(worker -> table.line(worker.id() + "\t" + platforms(worker)));
    return table.flush();
  }

  /** Returns all that is known of each worker. */
  static String details(List<WorkerInfo> workers) {
    WorkerTable all = new WorkerTable();
    workers.forEach(all::add);
    return all.table.flush();
  }

  private void add(WorkerInfo worker) {
    DaemonInfo version = worker.buildkitVersion();
    table.pair("ID", worker.id());
    table.pair("Platforms", platforms(worker));
    table.pair("BuildKit", version(version));
    if (!version.dockerfileVersion().isEmpty()) {
      table.pair("Dockerfile", version.dockerfileVersion());
    }
    table.line("Labels:");
    new TreeMap<>(worker.labels()).forEach((key, value) -> table.pair("\t" + key, value));
    addDevices(worker.cdiDevices());
    for (int i = 0; i < worker.gcPolicy().size(); i++) {
      table.line("GC Policy rule#" + i + ":");
      addRule(worker.gcPolicy().get(i));
    }
    table.line("");
  }

  private void addDevices(List<CdiDevice> devices) {
    if (devices.isEmpty()) {
      return;
    }
    table.line("Devices:");
    for (CdiDevice device : devices) {
      table.pair("\tName", device.name());
      if (device.onDemand()) {
        table.pair("\tOnDemand", true);
      } else {
        table.pair("\tAutoAllow", device.autoAllow());
      }
      for (Map.Entry<String, String> annotation : new TreeMap<>(device.annotations()).entrySet()) {
        table.line("\tAnnotations:\t" + annotation.getKey() + ":\t" + annotation.getValue());
      }
    }
    table.line("");
  }

  private void addRule(PruneOptions rule) {
    table.pair("\tAll", rule.isAll());
    if (!rule.filters().isEmpty()) {
      table.pair("\tFilters", String.join(" ", rule.filters()));
    }
    if (!rule.keepDuration().isZero()) {
      table.pair("\tKeep duration", GoDuration.format(rule.keepDuration()));
    }
    addSize("Reserved space", rule.reservedSpace());
    addSize("Minimum free space", rule.minFreeSpace());
    addSize("Maximum used space", rule.maxUsedSpace());
  }

  private void addSize(String name, long bytes) {
    if (bytes > 0) {
      table.pair("\t" + name, ByteSize.exact(bytes));
    }
  }

  static String version(DaemonInfo version) {
    return version.packageName() + " " + version.version() + " " + version.revision();
  }

  private static String platforms(WorkerInfo worker) {
    return worker.platforms().stream()
        .map(Platform::normalized)
        .map(Platform::toString)
        .collect(Collectors.joining(","));
  }
}
