/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.export.DockerImageStore;
import dev.buildkit.client.export.ExportTarget;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.progress.Vertex;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.client.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The BuildKit inside Docker Engines does the same, and what it makes runs at once. */
@IntegrationTest
class DockerEngineIT {
  private static final String DOCKERFILE = """
      FROM busybox
      COPY greeting /greeting
      RUN cat /greeting /greeting > /twice
      CMD ["cat", "/twice"]
      """;

  @TempDir
  private Path context;

  @ParameterizedTest
  @MethodSource("dev.buildkit.testkit.DockerEngine#all")
  void whatIsBuiltRunsAtOnce(DockerEngine engine) throws Exception {
    String image = "from-" + engine + ":" + System.nanoTime();
    Set<String> names = ConcurrentHashMap.newKeySet();
    try (BuildKitClient client = connect(engine)) {
      SolveResult result = client.solve(build("hello\n")
          .export(Exporter.docker().addName(image))
          .progress(status -> status.vertexes().stream().map(Vertex::name).forEach(names::add))
          .build());

      assertThat(engine.run(image)).isEqualTo("hello\nhello\n");
      assertThat(result.imageDigest()).isPresent();
      assertThat(names).contains("exporting to image").anyMatch(name -> name.contains("COPY"));
    } finally {
      engine.removeImage(image);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.buildkit.testkit.DockerEngine#all")
  void theImageExporterKeepsItInTheEngineToo(DockerEngine engine) throws Exception {
    String image = "kept-in-" + engine + "-" + System.nanoTime();
    try (BuildKitClient client = connect(engine)) {
      client.solve(build("kept\n").export(Exporter.image(image)).build());

      assertThat(engine.run(image + ":latest")).isEqualTo("kept\nkept\n");
      assertThat(engine.docker("images", "--format", "{{.Repository}}:{{.Tag}}").out())
          .containsOnlyOnce(image);
    } finally {
      engine.removeImage(image);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.buildkit.testkit.DockerEngine#all")
  void filesGoAndComeBack(DockerEngine engine, @TempDir Path received) throws Exception {
    Path large = TestTrees.randomFile(context.resolve("large"), 20_000_000);
    Path tar = received.resolve("result.tar");
    String dockerfile = "FROM scratch\nCOPY large /\n";
    try (BuildKitClient client = connect(engine)) {
      client.solve(Builds.dockerfile(dockerfile, context)
          .export(Exporter.local(received))
          .build());
      client.solve(
          Builds.dockerfile(dockerfile, context).export(Exporter.tar(tar)).build());
    }

    assertThat(received.resolve("large")).hasSameBinaryContentAs(large);
    assertThat(tar).isRegularFile();
    assertThat(Files.size(tar)).isGreaterThan(20_000_000);
  }

  @ParameterizedTest
  @MethodSource("dev.buildkit.testkit.DockerEngine#all")
  void severalExportersAreRefusedWhereOnlyOneWouldRun(DockerEngine engine, @TempDir Path out)
      throws Exception {
    SolveRequest request = build("twice\n")
        .export(Exporter.local(out.resolve("files")))
        .export(Exporter.tar(out.resolve("files.tar")))
        .build();
    try (BuildKitClient client = connect(engine)) {
      if (engine.isOld()) {
        assertThatThrownBy(() -> client.solve(request))
            .isInstanceOfSatisfying(
                BuildKitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
            .hasMessage("solve on " + client.address()
                + ": this daemon runs one exporter for each solve, but there are 2; solve once for each,"
                + " which costs little as all steps are in its cache then");
        assertThat(out).isEmptyDirectory();
      } else {
        client.solve(request);
        assertThat(out.resolve("files/twice")).hasContent("twice\ntwice\n");
        assertThat(out.resolve("files.tar")).isNotEmptyFile();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.buildkit.testkit.DockerEngine#all")
  void aFailingCommandIsToldAsFarAsTheEngineTells(DockerEngine engine) throws Exception {
    SolveRequest request = Builds.dockerfile("FROM busybox\nRUN echo last words; exit 7\n", context)
        .frontendAttr("force-network-mode", "none")
        .build();
    try (BuildKitClient client = connect(engine)) {
      SolveException failure =
          catchThrowableOfType(SolveException.class, () -> client.solve(request));

      assertThat(failure.exitCode()).hasValue(7);
      assertThat(failure.vertexName()).hasValue("[2/2] RUN echo last words; exit 7");
      assertThat(failure.logTail()).containsExactly("last words");
      // Engines before 23 send the text alone.
      assertThat(failure.sources()).hasSize(engine.isOld() ? 0 : 1);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.buildkit.testkit.DockerEngine#all")
  void whatAnotherBuildKitBuildsIsLoaded(DockerEngine engine, BuildKitClient client)
      throws Exception {
    String image = "loaded-into-" + engine + ":" + System.nanoTime();
    try {
      client.solve(build("loaded\n").export(load(engine, image)).build());

      assertThat(engine.run(image)).isEqualTo("loaded\nloaded\n");
    } finally {
      engine.removeImage(image);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.buildkit.testkit.DockerEngine#all")
  void whatAnotherBuildKitPushesIsPulledAndRuns(DockerEngine engine, BuildKitClient client)
      throws Exception {
    String registry = System.getProperty("buildkit.registry", "");
    assumeTrue(!registry.isEmpty(), "there is no registry that engine and daemon reach");
    String image = registry + "/pulled-by-" + engine + ":" + System.nanoTime();
    try {
      client.solve(build("pushed\n")
          .export(Exporter.image(image).push().insecureRegistry())
          .build());

      assertThat(engine.hasImage(image)).isFalse();
      assertThat(engine.run(image)).isEqualTo("pushed\npushed\n");
    } finally {
      engine.removeImage(image);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.buildkit.testkit.DockerEngine#all")
  void theEnginesOwnImagesComeBeforeThoseOfRegistries(
      DockerEngine engine, BuildKitClient buildkitd, @TempDir Path out) throws Exception {
    String registry = System.getProperty("buildkit.registry", "");
    assumeTrue(!registry.isEmpty(), "there is no registry that engine and daemon reach");
    String image = registry + "/own-of-" + engine + ":" + System.nanoTime();
    try (BuildKitClient client = connect(engine)) {
      buildkitd.solve(build("registry\n")
          .export(Exporter.image(image).push().insecureRegistry())
          .build());
      client.solve(build("engine\n").export(Exporter.docker().addName(image)).build());

      client.solve(Builds.dockerfile(
              "FROM " + image + " AS own\nFROM scratch\nCOPY --from=own /twice /\n", context)
          .export(Exporter.local(out))
          .build());

      assertThat(out.resolve("twice")).hasContent("engine\nengine");
    } finally {
      engine.removeImage(image);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.buildkit.testkit.DockerEngine#all")
  void anImageIsNotLoadedIfTheSolveFailsLater(DockerEngine engine, BuildKitClient client)
      throws Exception {
    String image = "unloaded-" + engine + ":" + System.nanoTime();
    WatchedTarget sent = new WatchedTarget(DockerImageStore.of(engine.transport()));
    ExportTarget full = response -> {
      sent.awaitLastByte();
      // An engine that had all of it would load it now.
      await().during(Duration.ofSeconds(1)).until(() -> !engine.hasImage(image));
      throw new IOException("no space left");
    };
    SolveRequest request = build("unloaded\n")
        .export(Exporter.docker(sent).addName(image))
        .export(Exporter.tar(full))
        .build();
    assertThatThrownBy(() -> client.solve(request))
        .isInstanceOf(BuildKitException.class)
        .hasMessageContaining("no space left");

    assertThat(engine.hasImage(image)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("dev.buildkit.testkit.DockerEngine#all")
  void whatTheStoreCannotDoIsSaidBeforeTheSolve(DockerEngine engine) throws Exception {
    SolveRequest request = Builds.dockerfile("FROM scratch\nCOPY . /\n", context)
        .export(Exporter.oci(new ByteArrayOutputStream()))
        .build();
    try (BuildKitClient client = connect(engine)) {
      if (engine.hasContainerdStore()) {
        assertThat(client.solve(request).imageDigest()).isPresent();
      } else {
        assertThatThrownBy(() -> client.solve(request))
            .isInstanceOfSatisfying(
                BuildKitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
            .hasMessageStartingWith("solve on " + client.address()
                + ": an engine with graph drivers has no exporter oci");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.buildkit.testkit.DockerEngine#all")
  void oldEnginesDoNotSayWhatTheyAre(DockerEngine engine) throws Exception {
    try (BuildKitClient client = connect(engine)) {
      assertThat(client.address()).isEqualTo("docker://?host=" + engine.host());
      assertThat(client.info().version().isEmpty()).isEqualTo(engine.isOld());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.buildkit.testkit.DockerEngine#all")
  void aContainerThatIsNotThereIsNamed(DockerEngine engine) {
    Transport nobody =
        Transport.dockerContainer("nobody").engine(engine.transport().engine());

    assertThatThrownBy(() -> Daemon.connect(nobody))
        .isInstanceOfSatisfying(
            BuildKitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
        .hasMessage("connect to " + nobody.address()
            + ": the engine has no container nobody; start one of moby/buildkit, or name another");
  }

  private SolveRequest.Builder build(String greeting) throws IOException {
    Files.writeString(context.resolve("greeting"), greeting);
    // The engines of some test machines have no network for their containers.
    return Builds.dockerfile(DOCKERFILE, context).frontendAttr("force-network-mode", "none");
  }

  private static Exporter load(DockerEngine engine, String image) {
    return Exporter.docker(DockerImageStore.of(engine.transport())).addName(image);
  }

  private static BuildKitClient connect(DockerEngine engine) throws InterruptedException {
    return Daemon.connect(engine.transport());
  }
}
