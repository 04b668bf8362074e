/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.PruneOptions;
import dev.buildkit.client.UsageInfo;
import java.time.Duration;

/** Removes old cache mounts of a daemon, and tells what is left of its cache. */
final class PruneCache {
  public static void main(String[] args) throws InterruptedException {
    Duration keep = Duration.parse(args[0]);

    try (BuildKitClient client = BuildKitClient.connect()) {
      PruneOptions old = PruneOptions.none().filter("type==exec.cachemount").keepDuration(keep);
      client.prune(old, usage -> System.out.println("removed " + usage.description()));

      long left = client.diskUsage().stream().mapToLong(UsageInfo::sizeBytes).sum();
      System.out.println(left + " bytes left");
    }
  }

  private PruneCache() {}
}
