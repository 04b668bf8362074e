/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.buildkit.client.transport.DockerTransport;
import dev.buildkit.client.transport.Transport;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Docker Engine to test with, and Docker's own client of it.
 *
 * @param name tells its version and its image store
 * @param host as {@code DOCKER_HOST} has it
 */
record DockerEngine(String name, String host) {
  private static final String OLD = "20.10";

  /** Returns the engines that the build has started: of graph drivers, of containerd's store, and of BuildKit 0.8. */
  static Stream<DockerEngine> all() {
    List<DockerEngine> engines = Stream.of("28", "28-containerd", OLD)
        .map(name -> new DockerEngine(name, System.getProperty("docker.host." + name, "")))
        .filter(engine -> !engine.host.isEmpty())
        .toList();
    assumeTrue(!engines.isEmpty(), "there is no Docker Engine to test with");
    return engines.stream();
  }

  /** Returns the engine in which {@code buildkit.container} runs. */
  static DockerEngine ofContainer() {
    String host = System.getProperty("docker.host", "");
    assumeTrue(!host.isEmpty(), "there is no Docker Engine to test with");
    return new DockerEngine("28", host);
  }

  DockerTransport transport() {
    return (DockerTransport) Transport.parse("docker://?host=" + host);
  }

  boolean isOld() {
    return name.equals(OLD);
  }

  boolean hasContainerdStore() {
    return name.endsWith("-containerd");
  }

  /** Runs {@code docker} to its end; it may fail. */
  Command.Output docker(String... arguments) {
    return Command.run(Stream.concat(Stream.of("docker", "-H", host), Stream.of(arguments))
        .toArray(String[]::new));
  }

  /** Returns what a container of an image prints. */
  String run(String image) {
    return docker("run", "--rm", "--network", "none", image).orFail().out();
  }

  boolean hasImage(String image) {
    return docker("image", "inspect", image).exitCode() == 0;
  }

  /** Removes an image if it is there. */
  void removeImage(String image) {
    var unused = docker("image", "rm", "--force", image);
  }

  @Override
  public String toString() {
    return name;
  }
}
