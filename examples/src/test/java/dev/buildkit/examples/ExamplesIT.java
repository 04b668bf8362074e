/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.transport.Transport;
import dev.buildkit.testkit.BuildkitdExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs each example as a user would. */
class ExamplesIT {
  @RegisterExtension
  static final BuildkitdExtension buildkitd = BuildkitdExtension.create();

  @TempDir
  Path directory;

  private Output output;

  @BeforeEach
  void capture() {
    output = Output.captured();
  }

  @AfterEach
  void release() {
    output.close();
  }

  @Test
  void quickstartLeavesAnImageAndItsFiles() throws Exception {
    Path out = runQuickstart(newQuickstartDirectory());

    assertThat(out.resolve("files/site/checksums.txt"))
        .content()
        .contains("  index.html\n", "  start\n", "  style.css\n");
    assertThat(out.resolve("files/site/start")).isExecutable();
    assertThat(output.text())
        .contains("sha256sum *", "index.json", "  (manifest)", "  (config)", "  (layer)")
        .contains("  site/", "    checksums.txt (");
  }

  @Test
  void quickstartGivesTheImageItsConfig() throws Exception {
    Path out = runQuickstart(newQuickstartDirectory());

    assertThat(Files.readString(out.resolve("image.tar"), ISO_8859_1))
        .contains("\"Entrypoint\":[\"/site/start\"]", "PORT=8080");
  }

  @Test
  void quickstartRunsTwice() throws Exception {
    Path out = runQuickstart(newQuickstartDirectory());
    Files.delete(out.resolve("files/site/index.html"));

    Path again = runQuickstart(out);

    assertThat(again.resolve("files/site/index.html"))
        .hasSameTextualContentAs(Path.of("site", "index.html"));
    assertThat(output.text()).contains("CACHED");
  }

  /** Not one of JUnit's, which would warn of each of the image's links when it deletes them. */
  private static Path newQuickstartDirectory() throws IOException {
    return Files.createTempDirectory(Path.of("target"), "quickstart");
  }

  private static Path runQuickstart(Path out) throws Exception {
    Quickstart.main(new String[] {"site", out.toString()});
    return out;
  }

  @Test
  void showDaemonPrintsAddressAndVersion() throws Exception {
    ShowDaemon.main(new String[0]);

    assertThat(output.text()).startsWith(System.getenv("BUILDKIT_HOST")).containsPattern(" v\\d+");
  }

  @Test
  void exportFilesWritesWhatTheCommandMade() throws Exception {
    Path source = Files.createDirectory(directory.resolve("src"));
    Files.writeString(source.resolve("hello.txt"), "hello");
    Path out = directory.resolve("out");

    ExportFiles.main(new String[] {source.toString(), out.toString()});

    assertThat(out.resolve("src.tar.gz")).isNotEmptyFile();
    assertThat(out.resolve("signature")).content().matches("[0-9a-f]{64}  -\n");
  }

  @Test
  void buildDockerfileWritesAnImage() throws Exception {
    Path image = directory.resolve("greeting.tar");

    BuildDockerfile.main(new String[] {image.toString()});

    assertThat(image).exists();
    assertThat(output.text()).containsPattern("sha256:[0-9a-f]{64}");
  }

  /** Where the daemon runs in Docker there is no registry to push to. */
  @TestFactory
  Stream<DynamicTest> withARegistry() {
    return Stream.ofNullable(System.getProperty("buildkit.registry"))
        .map(registry -> dynamicTest(
            "pushDockerfileImage pushes an image of two platforms",
            () -> pushDockerfileImage(registry + "/" + UUID.randomUUID())));
  }

  private void pushDockerfileImage(String name) throws Exception {
    Files.writeString(
        directory.resolve("Dockerfile"),
        "FROM busybox\nARG TARGETARCH\nCOPY Dockerfile /$TARGETARCH/\n");

    PushDockerfileImage.main(new String[] {directory.toString(), name});

    assertThat(output.text())
        .containsPattern(name + "@sha256:[0-9a-f]{64}")
        .contains("linux/arm64");
  }

  /** Where the daemon runs in Docker there is none with TLS. */
  @TestFactory
  Stream<DynamicTest> withADaemonThatAsksForTls() {
    return Stream.ofNullable(System.getProperty("buildkit.tls"))
        .map(address -> dynamicTest(
            "connectWithTls prints address and version",
            () -> connectWithTls(URI.create(address), System.getProperty("buildkit.tlsDir"))));
  }

  private void connectWithTls(URI address, String certificates) throws Exception {
    ConnectWithTls.main(
        new String[] {address.getHost(), Integer.toString(address.getPort()), certificates});

    assertThat(output.text()).startsWith(address.toString()).containsPattern(" v\\d+");
  }

  @Test
  void loadIntoDockerLeavesAnImageForTheEngine() throws Exception {
    String name = "buildkit-java-example:loaded";
    String dockerfile = "FROM scratch\nCOPY Dockerfile /\n# " + UUID.randomUUID();
    Files.writeString(directory.resolve("Dockerfile"), dockerfile);

    LoadIntoDocker.main(new String[] {directory.toString(), name});

    assertThat(output.text()).contains("docker run --rm " + name);
    assertThat(filesOfEngineImage(name).resolve("Dockerfile")).hasContent(dockerfile);
  }

  private Path filesOfEngineImage(String name) throws Exception {
    Path out = directory.resolve("out");
    Path dockerfile = Files.createDirectory(directory.resolve("from"));
    Files.writeString(dockerfile.resolve("Dockerfile"), "FROM " + name + "\n");
    try (BuildKitClient engine = BuildKitClient.builder(Transport.docker()).build()) {
      engine.solve(SolveRequest.frontend("dockerfile.v0")
          .localDir("context", dockerfile)
          .localDir("dockerfile", dockerfile)
          .export(Exporter.local(out))
          .build());
    }
    return out;
  }

  @Test
  void showProgressPrintsInTheFormThatIsAskedFor() throws Exception {
    Files.writeString(directory.resolve("Dockerfile"), "FROM busybox\nRUN echo hello; exit 3\n");

    ShowProgress.main(new String[] {"plain", directory.toString()});

    assertThat(output.text()).contains("] RUN echo hello; exit 3\n", " hello\n", "exit code: 3\n");
  }

  @Test
  void cancelAndExplainTellsTheExitCode() throws Exception {
    CancelAndExplain.main(new String[0]);

    assertThat(output.text()).contains("working\n", "exit code 3\n", "echo working; exit 3");
  }

  @Test
  void listWorkersNamesTheirPlatforms() throws Exception {
    ListWorkers.main(new String[0]);

    assertThat(output.text()).matches("(?s)\\S+ \\[.*linux/.*\\]\n.*");
  }

  @Test
  void buildOnImageRunsTheCommandInTheImage() throws Exception {
    BuildOnImage.main(new String[] {"busybox", "test \"$PATH\""});

    assertThat(output.text()).contains("/ {PATH=", "docker.io/library/busybox:latest@sha256:");
  }

  @Test
  void pruneCacheKeepsWhatIsNew() throws Exception {
    PruneCache.main(new String[] {"P1D"});

    assertThat(output.text()).containsPattern("\\d+ bytes left\n$");
  }

  @Test
  void askFrontendShowsTargetsAndRemarks() throws Exception {
    Files.writeString(directory.resolve("Dockerfile"), "FROM scratch as one\nFROM one AS two\n");

    AskFrontend.main(new String[] {directory.toString()});

    assertThat(output.text()).contains("two (default)", "FromAsCasing");
  }
}
