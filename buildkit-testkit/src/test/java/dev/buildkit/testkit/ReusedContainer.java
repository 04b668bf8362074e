/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import com.github.dockerjava.api.DockerClient;
import dev.buildkit.client.BuildKitClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;

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

  /** Removes what runs have left. */
  static void remove(String purpose) {
    DockerClient docker = DockerClientFactory.lazyClient();
    docker
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(LABEL, purpose))
        .exec()
        .forEach(container -> docker
            .removeContainerCmd(container.getId())
            .withForce(true)
            .withRemoveVolumes(true)
            .exec());
  }

  private ReusedContainer() {}
}
