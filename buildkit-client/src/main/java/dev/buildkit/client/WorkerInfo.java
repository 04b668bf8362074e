/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.llb.Platform;
import java.util.List;
import java.util.Map;

/**
 * A worker of a daemon: a store of results together with what runs commands on them.
 *
 * @param id the daemon's name of the worker
 * @param labels facts about it, under keys such as {@code org.mobyproject.buildkit.worker.executor}; none in Docker Engine 20.10
 * @param platforms what it can run; the first is its own, others may be emulated
 * @param gcPolicy the rules of its garbage collection, in the order in which they are applied
 * @param buildkitVersion what it was built from; all empty for daemons before 0.11
 * @param cdiDevices the devices that steps may ask for; none before 0.20
 */
public record WorkerInfo(
    String id,
    Map<String, String> labels,
    List<Platform> platforms,
    List<PruneOptions> gcPolicy,
    DaemonInfo buildkitVersion,
    List<CdiDevice> cdiDevices) {
  /** Copies the collections. */
  public WorkerInfo {
    labels = Map.copyOf(labels);
    platforms = List.copyOf(platforms);
    gcPolicy = List.copyOf(gcPolicy);
    cdiDevices = List.copyOf(cdiDevices);
  }
}
