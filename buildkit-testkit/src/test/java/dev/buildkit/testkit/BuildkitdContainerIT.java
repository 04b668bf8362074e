/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.session.RegistryAuth;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.transport.Transport;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/** Real containers, in the engine that DOCKER_HOST names or Testcontainers finds. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BuildkitdContainerIT {
  @AfterEach
  void noThreadOfAClientIsLeft() {
    assertThat(LiveThreads.now()).isEmpty();
  }

  @Test
  void onlyWhoHasTheKeysGetsIn() throws InterruptedException {
    try (BuildkitdContainer buildkitd = new BuildkitdContainer()) {
      buildkitd.start();
      try (BuildKitClient client = buildkitd.newClient()) {
        assertThat(client.info().version()).isEqualTo("v0.34.2");
      }
      assertThatThrownBy(
              () -> Daemon.connect(Transport.parse(buildkitd.address())).close())
          .isInstanceOf(BuildKitException.class);
    }
  }

  @Test
  void otherProgramsGetInWithTheFiles(@TempDir Path directory) throws Exception {
    try (BuildkitdContainer buildkitd = new BuildkitdContainer()) {
      assertThatThrownBy(() -> buildkitd.writeTlsFiles(directory))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("write TLS files: there are none; start the container before");
      buildkitd.start();
      buildkitd.writeTlsFiles(directory);
      // Of an earlier container, they would be in the way.
      buildkitd.writeTlsFiles(directory);
      assertThat(new Buildctl(buildkitd.address())
              .run("--tlsdir", directory.toString(), "debug", "workers")
              .orFail()
              .out())
          .contains("PLATFORMS");
    }
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    assertThat(Files.getPosixFilePermissions(directory.resolve("key.pem")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void plaintextLetsAnyoneInWhoKnowsTheAddress() throws InterruptedException {
    try (BuildkitdContainer buildkitd = new BuildkitdContainer().withPlaintext()) {
      buildkitd.start();
      try (BuildKitClient client = Daemon.connect(Transport.parse(buildkitd.address()))) {
        assertThat(client.address()).isEqualTo(buildkitd.address());
      }
      assertThat(buildkitd.transport().address()).isEqualTo(buildkitd.address());
    }
  }

  @Test
  void commandsRunInImagesOfAMirror(@TempDir Path out) throws InterruptedException {
    try (RegistryContainer registry = new RegistryContainer()) {
      registry.start();
      registry.mirror("busybox", "latest");
      try (BuildkitdContainer buildkitd = new BuildkitdContainer()
          .withRegistryMirror("docker.io", registry.addressForContainers())
          .withInsecureRegistry(registry.addressForContainers())) {
        buildkitd.start();
        try (BuildKitClient client = buildkitd.newClient()) {
          client.solve(greeting(out));
        }
      }
    }
    assertThat(out.resolve("greeting")).hasContent("hello");
  }

  private static SolveRequest greeting(Path out) {
    Exec greet = Exec.shell("echo hello > /out/greeting").addMount("/out", State.scratch());
    State built = State.image("busybox").run(greet).mount("/out");
    return SolveRequest.definition(built.marshal())
        .attach(RegistryAuth.anonymous())
        .export(Exporter.local(out))
        .build();
  }

  @Test
  void theConfigurationIsTheUsers(@TempDir Path directory) throws Exception {
    Path toml = Files.writeString(
        directory.resolve("buildkitd.toml"), "[worker.oci.labels]\n  purpose = \"test\"\n");
    try (BuildkitdContainer buildkitd = new BuildkitdContainer().withConfig(toml)) {
      buildkitd.start();
      assertThat(buildkitd.execInContainer("buildctl", "debug", "workers", "-v").getStdout())
          .containsPattern("purpose:\\s+test");
    }
  }

  @Test
  void clientsShareTheDaemonAndItsCache(@TempDir Path sent) throws Exception {
    Path file = TestTrees.randomFile(sent.resolve("file"), 1_000_000);
    try (BuildkitdContainer buildkitd = new BuildkitdContainer()) {
      buildkitd.start();
      try (BuildKitClient one = buildkitd.newClient();
          BuildKitClient two = buildkitd.newClient()) {
        List<Path> outs = List.of(sent.resolveSibling("one"), sent.resolveSibling("two"));
        CompletableFuture<?> first = one.solveAsync(sendBack(sent, outs.get(0)));
        CompletableFuture<?> second = two.solveAsync(sendBack(sent, outs.get(1)));
        first.get();
        second.get();
        assertThat(outs)
            .allSatisfy(out -> assertThat(out.resolve("file")).hasSameBinaryContentAs(file));
      }
    }
  }

  private static SolveRequest sendBack(Path sent, Path out) {
    return SolveRequest.definition(State.local("sent").marshal())
        .localDir("sent", sent)
        .export(Exporter.local(out))
        .build();
  }

  @Test
  void theRootlessImageIsNotRoot() throws Exception {
    DockerImageName image = DockerImageName.parse("moby/buildkit:v0.34.2-rootless");
    try (BuildkitdContainer buildkitd = new BuildkitdContainer(image)) {
      buildkitd.start();
      try (BuildKitClient client = buildkitd.newClient()) {
        assertThat(client.info().version()).isEqualTo("v0.34.2");
      }
      assertThat(buildkitd.execInContainer("id", "-u").getStdout()).isEqualTo("1000\n");
      assertThat(buildkitd.execInContainer("buildctl", "debug", "workers").getStdout())
          .contains("PLATFORMS");
    }
  }

  @Test
  void aStoppedContainerLeavesNothing() {
    InspectContainerResponse info;
    try (BuildkitdContainer buildkitd = new BuildkitdContainer()) {
      buildkitd.start();
      info = buildkitd.getContainerInfo();
    }
    assertThatThrownBy(() ->
            DockerClientFactory.lazyClient().inspectContainerCmd(info.getId()).exec())
        .isInstanceOf(NotFoundException.class);
    assertThat(info.getMounts())
        .isNotEmpty()
        .allSatisfy(mount -> assertThatThrownBy(() -> DockerClientFactory.lazyClient()
                .inspectVolumeCmd(mount.getName())
                .exec())
            .isInstanceOf(NotFoundException.class));
  }
}
