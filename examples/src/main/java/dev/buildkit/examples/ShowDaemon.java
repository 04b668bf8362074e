/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.transport.Transport;
import java.time.Duration;

/** Connects to a daemon and shows what it says of itself. */
final class ShowDaemon {
  public static void main(String[] args) throws InterruptedException {
    Transport transport = args.length > 0 ? Transport.parse(args[0]) : Transport.fromEnvironment();

    try (BuildKitClient client =
        BuildKitClient.builder(transport).connectTimeout(Duration.ofSeconds(3)).build()) {
      System.out.println(client.address() + " " + client.info().version());
    }
  }

  private ShowDaemon() {}
}
