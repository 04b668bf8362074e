/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.buildkit.client.transport.DockerTransport;
import dev.buildkit.client.transport.TlsOptions;
import dev.buildkit.client.transport.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Docker Engine to test with, and Docker's own client of it.
 *
 * @param name tells its version and its image store
 * @param host as {@code DOCKER_HOST} has it
 */
record DockerEngine(String name, String host) {
  /** Docker's own client: that of this machine, or the one that comes with the engines. */
  static final String CLIENT = System.getProperty("buildkit.docker", "docker");

  private static final String NEW = "28";
  private static final String CONTAINERD = "28-containerd";
  private static final String OLD = "20.10";

  /** Returns the engines that the build has started: of graph drivers, of containerd's store, and of BuildKit 0.8. */
  static Stream<DockerEngine> all() {
    List<DockerEngine> engines = Stream.of(
            new DockerEngine(NEW, hostOf(NEW).orElse(System.getProperty("docker.host", ""))),
            new DockerEngine(CONTAINERD, hostOf(CONTAINERD).orElse("")),
            new DockerEngine(OLD, hostOf(OLD).orElse("")))
        .filter(engine -> !engine.host.isEmpty())
        .toList();
    assumeTrue(!engines.isEmpty(), "there is no Docker Engine to test with");
    return engines.stream();
  }

  /** Returns the engine in which {@code buildkit.container} runs. */
  static DockerEngine ofContainer() {
    String host = System.getProperty("docker.host", "");
    assumeTrue(!host.isEmpty(), "there is no Docker Engine to test with");
    return new DockerEngine(NEW, host);
  }

  /** Returns the way to its port on the loopback interface, with the certificates that the port asks for; empty where the build tells none. */
  Optional<Transport> port() {
    return Optional.ofNullable(System.getProperty("docker.tcp." + name))
        .map(Transport::parse)
        .map(plain -> certificates().map(TlsOptions::directory).map(plain::tls).orElse(plain));
  }

  /** Returns the directory that {@code DOCKER_CERT_PATH} names for the port, if it asks for TLS. */
  Optional<Path> certificates() {
    return Optional.ofNullable(System.getProperty("docker.certPath." + name)).map(Path::of);
  }

  DockerTransport transport() {
    return (DockerTransport) Transport.parse("docker://?host=" + host);
  }

  boolean isOld() {
    return name.equals(OLD);
  }

  boolean hasContainerdStore() {
    return name.equals(CONTAINERD);
  }

  /** Runs {@code docker} to its end; it may fail. */
  Command.Output docker(String... arguments) {
    return Command.run(
        Stream.concat(Stream.of(CLIENT, "-H", host), Stream.of(arguments)).toArray(String[]::new));
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

  private static Optional<String> hostOf(String name) {
    return Optional.ofNullable(System.getProperty("docker.host." + name));
  }

  @Override
  public String toString() {
    return name;
  }
}
