/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.BuildKitClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A run of tests on a machine that allows containers to be kept for the next run. */
final class ReusedContainer {
  private static final String LABEL = "buildkit.purpose";

  /** Takes what tells the container from others for reuse. Prints its id once it has answered. */
  public static void main(String[] args) throws InterruptedException {
    BuildkitdContainer container =
        new BuildkitdContainer().withPlaintext().withReuse(true).withLabel(LABEL, args[0]);
    try (Daemon daemon = ContainerDaemon.start(() -> container);
        BuildKitClient client = daemon.connect()) {
      var unused = client.info();
      System.out.println(container.getContainerId());
    }
  }

  /** Runs the program, and returns what it prints. */
  static String run(String purpose) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = List.of(
        "env",
        "TESTCONTAINERS_REUSE_ENABLE=true",
        java,
        "-Xmx128m",
        "-cp",
        System.getProperty("java.class.path"),
        ReusedContainer.class.getName(),
        purpose);
    return Command.run(Duration.ofMinutes(2), new byte[0], command)
        .orFail()
        .out()
        .strip();
  }

  private ReusedContainer() {}
}
