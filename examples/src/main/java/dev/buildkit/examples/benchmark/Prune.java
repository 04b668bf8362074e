/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.PruneOptions;

/** Makes the daemon forget its copies of local directories, so that they do not fill its disk. */
record Prune(Door door) {
  private static final PruneOptions LOCAL_DIRECTORIES =
      PruneOptions.none().filter("type==source.local");

  void run() throws InterruptedException {
    try (BuildKitClient client = door.connect()) {
      client.prune(LOCAL_DIRECTORIES, record -> {});
    }
  }
}
