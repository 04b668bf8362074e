/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.session.OciStores;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images are exported as OCI layouts in directories. */
@IntegrationTest
@Requires(Capability.OCI_LAYOUTS)
class LayoutExportIT {
  private static final FileTime LONG_AGO = FileTime.from(Instant.EPOCH);

  private final State image =
      State.scratch().file(FileAction.mkfile("/text", 0644, UUID.randomUUID().toString()));

  @TempDir
  private Path directory;

  @Test
  void theLayoutIsTheOneThatBuildctlWrites(BuildKitClient client) throws Exception {
    String name = "docker.io/library/layout:1.0";
    Path ours = directory.resolve("new/ours");
    Path theirs = directory.resolve("theirs");

    SolveResult result = client.solve(SolveRequest.definition(image.marshal())
        .export(Exporter.ociLayout(ours).addName(name))
        .build());
    Buildctl.ofSharedDaemon()
        .run(
            image.marshal().toByteArray(),
            "build",
            "--output",
            "type=oci,tar=false,name=" + name + ",dest=" + theirs)
        .orFail();

    assertThat(files(ours)).isEqualTo(files(theirs));
    assertThat(files(ours)).containsKeys("oci-layout", "index.json");
    assertThat(ours.resolve("blobs/sha256/" + result.imageDigest().orElseThrow().hex()))
        .isRegularFile();
  }

  @Test
  void blobsThatAreThereAreNotWrittenAgain(BuildKitClient client) throws Exception {
    Path layout = directory.resolve("layout");
    client.solve(export(layout));
    for (Path blob : blobs(layout)) {
      Files.setLastModifiedTime(blob, LONG_AGO);
    }

    client.solve(SolveRequest.definition(image.marshal())
        .export(
            Exporter.dockerLayout(layout).ociMediaTypes(true).addName("docker.io/library/two:2"))
        .build());

    assertThat(blobs(layout))
        .allSatisfy(blob -> assertThat(Files.getLastModifiedTime(blob)).isEqualTo(LONG_AGO));
    assertThat(layout.resolve("index.json")).content().contains("\"latest\"", "library/two:2");
  }

  @Test
  void anotherBuildStartsFromIt(BuildKitClient client) throws Exception {
    Path layout = directory.resolve("layout");
    client.solve(export(layout));
    OciStores stores = OciStores.empty().add("base", layout);
    Path next = directory.resolve("next");

    // Both stores are in one session.
    client.solve(SolveRequest.definition(State.from(stores.source("base", "latest"))
            .file(FileAction.mkdir("/more", 0755))
            .marshal())
        .attach(stores)
        .export(Exporter.ociLayout(next))
        .build());

    assertThat(blobs(next)).hasSizeGreaterThan(blobs(layout).size());
  }

  @Test
  void aSolveThatFailsNamesNothing(BuildKitClient client) throws Exception {
    Path layout = directory.resolve("layout");
    Path tar = directory.resolve("image.tar");

    assertThatThrownBy(() -> client.solve(SolveRequest.definition(image.marshal())
            .export(Exporter.ociLayout(layout))
            .export(Exporter.tar(response -> {
              throw new IOException("no space left");
            }))
            .build()))
        .isInstanceOf(BuildKitException.class)
        .hasMessageContaining("no space left");

    assertThat(layout.resolve("index.json")).doesNotExist();
    assertThat(tar).doesNotExist();
  }

  @Test
  void oneSolveWritesOneLayout(BuildKitClient client) {
    SolveRequest request = SolveRequest.definition(image.marshal())
        .export(Exporter.ociLayout(directory.resolve("one")))
        .export(Exporter.dockerLayout(directory.resolve("two")))
        .build();

    assertThatThrownBy(() -> client.solve(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two exporters write an OCI layout");
  }

  private SolveRequest export(Path layout) {
    return SolveRequest.definition(image.marshal())
        .export(Exporter.ociLayout(layout))
        .build();
  }

  private static List<Path> blobs(Path layout) throws IOException {
    try (Stream<Path> files = Files.list(layout.resolve("blobs/sha256"))) {
      return files.toList();
    }
  }

  /** The content of all files by their paths. */
  private static Map<String, String> files(Path layout) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(layout)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            layout.relativize(file).toString(), new String(Files.readAllBytes(file), ISO_8859_1));
      }
    }
    return contents;
  }
}
