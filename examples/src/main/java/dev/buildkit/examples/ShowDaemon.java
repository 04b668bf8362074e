/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.transport.Transport;
import java.time.Duration;

/** Connects to a daemon and shows what it says of itself. */
final class ShowDaemon {
  public static void main(String[] args) throws InterruptedException {
    BuildKitClient.Builder builder = args.length > 0
        ? BuildKitClient.builder(Transport.parse(args[0]))
        : BuildKitClient.builder();

    try (BuildKitClient client = builder.connectTimeout(Duration.ofSeconds(3)).build()) {
      System.out.println(client.address() + " " + client.info().version());
    }
  }

  private ShowDaemon() {}
}
