/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.WorkerInfo;

/** Shows what a daemon can build for. */
final class ListWorkers {
  public static void main(String[] args) throws InterruptedException {
    try (BuildKitClient client = BuildKitClient.connect()) {
      for (WorkerInfo worker : client.listWorkers()) {
        System.out.println(worker.id() + " " + worker.platforms());
      }
    }
  }

  private ListWorkers() {}
}
