/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.export.DockerImageStore;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.transport.DockerTransport;
import dev.buildkit.client.transport.Transport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon in a container is reached through the engine's API. */
@IntegrationTest
class DockerContainerIT {
  private final DockerEngine engine = DockerEngine.ofContainer();

  @TempDir
  private Path sent;

  @Test
  void filesGoAndComeBack(@TempDir Path received) throws Exception {
    Path file = TestTrees.randomFile(sent.resolve("file"), 20_000_000);

    SendAndReceive.through(buildkitd(), sent, received);

    assertThat(received.resolve("file")).hasSameBinaryContentAs(file);
  }

  @Test
  void whatItBuildsRunsInTheEngineAroundIt() throws Exception {
    String image = "from-a-container:" + System.nanoTime();
    try (BuildKitClient client = Daemon.connect(buildkitd())) {
      client.solve(Builds.dockerfile("FROM busybox\nCMD [\"echo\", \"hello\"]\n", sent)
          .export(Exporter.docker(DockerImageStore.of(buildkitd())).addName(image))
          .build());

      assertThat(engine.run(image)).isEqualTo("hello\n");
    } finally {
      engine.removeImage(image);
    }
  }

  @Test
  void theImageStoreIsNotThatOfTheEngineAroundIt() throws Exception {
    try (BuildKitClient client = Daemon.connect(buildkitd())) {
      assertThatThrownBy(() -> client.solve(Builds.dockerfile("FROM scratch\nCOPY . /\n", sent)
              .export(Exporter.docker().addName("x"))
              .build()))
          .isInstanceOf(BuildKitException.class)
          .hasMessageContaining("this daemon is a buildkitd by itself");
    }
  }

  @Test
  void aContainerWithoutBuildctlIsNamed() {
    String name = "no-buildctl-" + System.nanoTime();
    Command.Output unused =
        docker("run", "-d", "--network", "none", "--name", name, "busybox", "sleep", "600");
    try {
      assertRefused(
          name,
          ErrorCode.NOT_FOUND,
          "there is no buildctl in the container " + name + "; name a container of moby/buildkit");
    } finally {
      unused = docker("rm", "-f", name);
    }
  }

  @Test
  void aContainerThatDoesNotRunIsNamed() {
    String name = "not-running-" + System.nanoTime();
    String id = docker("create", "--name", name, "busybox").out().strip();
    try {
      assertRefused(
          name,
          ErrorCode.FAILED,
          "the container " + name + " cannot run a command now: container " + id
              + " is not running; start it");
    } finally {
      Command.Output unused = docker("rm", "-f", name);
    }
  }

  @Test
  void aContainerWithoutADaemonIsNamedWithWhatBuildctlSays() {
    String name = "no-buildkitd-" + System.nanoTime();
    String image =
        docker("inspect", "--format", "{{.Config.Image}}", container()).out().strip();
    Command.Output unused = docker(
        "run", "-d", "--network", "none", "--name", name, "--entrypoint", "sleep", image, "600");
    try {
      assertThatThrownBy(() -> Daemon.connect(transport(name)))
          .isInstanceOfSatisfying(
              BuildKitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
          .hasMessageStartingWith("connect to " + transport(name).address()
              + ": buildctl dial-stdio in the container " + name + " failed: ")
          .hasMessageContaining("buildkitd.sock");
    } finally {
      unused = docker("rm", "-f", name);
    }
  }

  private void assertRefused(String container, ErrorCode code, String problem) {
    DockerTransport transport = transport(container);
    assertThatThrownBy(() -> Daemon.connect(transport))
        .isInstanceOfSatisfying(
            BuildKitException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage("connect to " + transport.address() + ": " + problem);
  }

  private Command.Output docker(String... arguments) {
    return engine.docker(arguments).orFail();
  }

  private DockerTransport buildkitd() {
    return transport(container());
  }

  private DockerTransport transport(String container) {
    return Transport.dockerContainer(container).engine(engine.transport().engine());
  }

  private static String container() {
    String address = System.getProperty("buildkit.container", "");
    assumeTrue(!address.isEmpty(), "there is no buildkitd in a container to test with");
    return ((DockerTransport) Transport.parse(address)).container().orElseThrow();
  }
}
