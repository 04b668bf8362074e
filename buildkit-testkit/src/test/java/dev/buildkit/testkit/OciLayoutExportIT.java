/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.session.OciStores;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images as directories: what is there afterwards, also beside what was there before. */
@IntegrationTest
@Requires(Capability.LAYOUT_EXPORT)
class OciLayoutExportIT {
  private final String text = UUID.randomUUID().toString();
  private final Definition image =
      State.scratch().file(FileAction.mkfile("/text", 0644, text)).marshal();

  @TempDir
  private Path directory;

  private Path layout() {
    return directory.resolve("layout");
  }

  private SolveResult export(BuildKitClient client, Exporter... exporters) throws Exception {
    SolveRequest.Builder request = SolveRequest.definition(image);
    for (Exporter exporter : exporters) {
      request.export(exporter);
    }
    return client.solve(request.build());
  }

  /** Returns what tells whether a file was written again, for each file that belongs to a layout. */
  private static Map<String, Object> files(Path layout) throws IOException {
    Map<String, Object> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(layout)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(layout.relativize(file).toString(), Files.getAttribute(file, "unix:ino"));
      }
    }
    return files;
  }

  @Test
  void blobsAreWrittenOnce(BuildKitClient client) throws Exception {
    SolveResult first = export(client, Exporter.ociLayout(layout()).addName("example.com/a:1"));
    Map<String, Object> before = files(layout());
    SolveResult second = export(client, Exporter.ociLayout(layout()).addName("example.com/a:2"));
    Map<String, Object> after = files(layout());

    assertThat(second.imageDigest()).isEqualTo(first.imageDigest());
    assertThat(before).hasSize(5).containsKeys("oci-layout", "index.json");
    assertThat(after.remove("index.json")).isNotEqualTo(before.remove("index.json"));
    assertThat(after).isEqualTo(before);
    assertThat(OciStores.empty().add("a", layout()).reference("a", "1"))
        .isEqualTo("a@" + first.imageDigest().orElseThrow());
    assertThat(OciStores.empty().add("a", layout()).reference("a", "example.com/a:2"))
        .isEqualTo("a@" + first.imageDigest().orElseThrow());
  }

  @Test
  @Requires(Capability.OCI_LAYOUTS)
  void aBuildMayReadWhatAnotherWroteAndWriteBesides(BuildKitClient client) throws Exception {
    export(client, Exporter.ociLayout(layout()).addName("example.com/base:1"));
    OciStores stores = OciStores.empty().add("base", layout());
    State copied =
        State.scratch().file(FileAction.copy(State.from(stores.source("base")), "/text", "/copy"));

    client.solve(SolveRequest.definition(copied.marshal())
        .attach(stores)
        .export(Exporter.ociLayout(layout()).addName("example.com/copy:2"))
        .build());

    OciStores both = OciStores.empty().add("both", layout());
    Path out = directory.resolve("out");
    client.solve(SolveRequest.definition(State.from(both.source("both", "2")).marshal())
        .attach(both)
        .export(Exporter.local(out))
        .build());
    assertThat(out.resolve("copy")).hasContent(text);
  }

  @Test
  void aFailedSolveNamesNothingAndLeavesNoPart(BuildKitClient client) throws Exception {
    export(client, Exporter.ociLayout(layout()));
    String index = Files.readString(layout().resolve("index.json"));
    Definition fails =
        State.image("busybox").run(Exec.shell("exit 3 # " + text)).root().marshal();

    assertThatThrownBy(() -> client.solve(
            SolveRequest.definition(fails).export(Exporter.ociLayout(layout())).build()))
        .isInstanceOf(BuildKitException.class);

    assertThat(layout().resolve("index.json")).hasContent(index);
    assertThat(layout().toFile().list())
        .containsExactlyInAnyOrder("blobs", "index.json", "oci-layout");
  }

  @Test
  void aBlobThatCannotBeStoredFailsTheSolveAndLeavesNoPart(BuildKitClient client) throws Exception {
    Files.createDirectories(layout());
    Files.writeString(layout().resolve("blobs"), "no directory");

    assertThatThrownBy(() -> export(client, Exporter.ociLayout(layout())))
        .isInstanceOf(BuildKitException.class)
        .hasMessageContaining("cannot write to " + layout());

    assertThat(layout().toFile().list()).containsExactly("blobs");
  }

  @Test
  void dockerImagesAreWrittenToo(BuildKitClient client) throws Exception {
    SolveResult result =
        export(client, Exporter.dockerLayout(layout()).addName("example.com/app:3"));

    assertThat(OciStores.empty().add("a", layout()).reference("a", "3"))
        .isEqualTo("a@" + result.imageDigest().orElseThrow());
  }

  @Test
  @Requires(Capability.BUILDCTL)
  void buildctlWritesTheSame(BuildKitClient client) throws Exception {
    ByteArrayOutputStream graph = new ByteArrayOutputStream();
    image.writeTo(graph);
    Path other = directory.resolve("other");
    String attrs = ",tar=false,name=example.com/a:1,source-date-epoch=0,dest=";
    Buildctl.ofSharedDaemon()
        .run(graph.toByteArray(), "build", "--output", "type=oci" + attrs + other)
        .orFail();

    export(
        client,
        Exporter.ociLayout(layout()).addName("example.com/a:1").sourceDateEpoch(Instant.EPOCH));

    assertThat(files(layout()).keySet()).isEqualTo(files(other).keySet());
    for (String file : files(layout()).keySet()) {
      assertThat(layout().resolve(file)).as(file).hasSameBinaryContentAs(other.resolve(file));
    }
  }
}
