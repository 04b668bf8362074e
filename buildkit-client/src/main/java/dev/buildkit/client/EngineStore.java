/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.WorkerProto.WorkerRecord;
import java.util.List;

/** The image store of the Docker Engine that a daemon is part of; it decides which exporters there are. */
enum EngineStore {
  /** The daemon is a buildkitd by itself. */
  NONE,

  /** The store is containerd's: beside the engine's own exporter there are all of BuildKit's. */
  CONTAINERD,

  /** The store is made of graph drivers: there are the engine's own exporter and those for files. */
  GRAPH_DRIVER;

  private static final String LABELS = "org.mobyproject.buildkit.worker.";
  private static final String ENGINE_LABELS = LABELS + "moby.";
  private static final String SNAPSHOTTER = LABELS + "snapshotter";

  /** What a worker is called that says nothing else of itself, in engines before 23. */
  private static final String OLD_ENGINE_ID = "moby";

  /**
   * Tells the store by what workers say of themselves, as versions do not.
   *
   * @param engine whether the daemon is known to be part of an engine, which engines without a network do not say
   */
  static EngineStore of(List<WorkerRecord> workers, boolean engine) {
    if (!engine && workers.stream().noneMatch(EngineStore::isInEngine)) {
      return NONE;
    }
    return workers.stream().anyMatch(worker -> worker.containsLabels(SNAPSHOTTER))
        ? CONTAINERD
        : GRAPH_DRIVER;
  }

  private static boolean isInEngine(WorkerRecord worker) {
    return worker.getID().equals(OLD_ENGINE_ID)
        || worker.getLabelsMap().keySet().stream().anyMatch(key -> key.startsWith(ENGINE_LABELS));
  }
}
