/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.session.OciStores;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.BlobSource;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.OciLayoutSource;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon builds on images that only this machine has: another daemon made them. */
@IntegrationTest
@Requires(Capability.OCI_LAYOUTS)
class OciStoresIT {
  private static PrivateBuildkitd other;

  private final String text = UUID.randomUUID().toString();

  @TempDir
  private Path directory;

  @BeforeAll
  static void spawn() {
    other = PrivateBuildkitd.spawn();
  }

  @AfterAll
  static void close() {
    other.close();
  }

  @Test
  void imagesAreBases(BuildKitClient client) throws Exception {
    OciStores stores = OciStores.empty().add("base", layout());

    assertThat(build(client, stores, stores.source("base"))).isEqualTo(text);
  }

  @Test
  void dockerfilesNameThemAsContexts(BuildKitClient client) throws Exception {
    OciStores stores = OciStores.empty().add("base", layout());

    client.solve(Builds.dockerfile("FROM mine\nRUN cat /text > /copy\n", directory)
        .frontendAttr("context:mine", "oci-layout://" + stores.reference("base", "1.0"))
        .attach(stores)
        .export(Exporter.local(directory.resolve("out")))
        .build());

    assertThat(directory.resolve("out/copy")).hasContent(text);
  }

  @Test
  @Requires(llb = "source.imageblob")
  void blobsAreFiles(BuildKitClient client) throws Exception {
    Path layout = layout();
    Path layer = largestBlob(layout);
    BlobSource blob = BlobSource.inOciLayout("base@sha256:" + layer.getFileName())
        .store("base")
        .filename("layer.tar.gz");

    client.solve(SolveRequest.definition(State.from(blob).marshal())
        .attach(OciStores.empty().add("base", layout))
        .export(Exporter.local(directory.resolve("out")))
        .build());

    assertThat(directory.resolve("out/layer.tar.gz")).hasSameBinaryContentAs(layer);
  }

  @Test
  void aMissingBlobFailsTheSolveByItsDigest(BuildKitClient client) throws Exception {
    Path layout = layout();
    Path layer = largestBlob(layout);
    Files.delete(layer);
    OciStores stores = OciStores.empty().add("base", layout);

    assertThatThrownBy(() -> build(client, stores, stores.source("base")))
        .hasMessageContaining("sha256:" + layer.getFileName() + " is not in the OCI layout");
  }

  @Test
  void aBlobWithAnotherDigestIsNotUsed(BuildKitClient client) throws Exception {
    Path layout = layout();
    Path layer = largestBlob(layout);
    byte[] bytes = Files.readAllBytes(layer);
    bytes[bytes.length - 1] ^= 1;
    Files.write(layer, bytes);
    OciStores stores = OciStores.empty().add("base", layout);

    assertThatThrownBy(() -> build(client, stores, stores.source("base")))
        .hasMessageContaining("digest");
  }

  @Test
  void aStoreThatIsNotOfferedFailsTheSolveByItsId(BuildKitClient client) throws Exception {
    OciStores stores = OciStores.empty().add("base", layout());

    assertThatThrownBy(() -> build(client, stores, stores.source("base").store("nobody")))
        .hasMessageContaining("the client offers no store oci:nobody, but [oci:base];");
  }

  private String build(BuildKitClient client, OciStores stores, OciLayoutSource source)
      throws Exception {
    State base = State.from(source);
    Exec exec = Exec.shell("cat /text > /out/text").addMount("/out", State.scratch());
    Path out = directory.resolve("out");
    client.solve(SolveRequest.definition(base.run(exec).mount("/out").marshal())
        .attach(stores)
        .export(Exporter.local(out))
        .build());
    return Files.readString(out.resolve("text"));
  }

  /** Returns a layout with an image that has a file with this test's text, and random bytes, which fill its layer. */
  private Path layout() throws Exception {
    Path tar = directory.resolve("base.tar");
    State image = State.image("busybox").file(FileAction.mkfile("/text", 0644, text));
    State random = State.scratch();
    Exec fill = Exec.shell("head -c 3000000 /dev/urandom > /out/random").addMount("/out", random);
    State filled = image.file(FileAction.copy(image.run(fill).mount("/out"), "/random", "/random"));
    try (BuildKitClient client = other.connect()) {
      client.solve(SolveRequest.definition(filled.marshal())
          .export(Exporter.oci(tar).addName("example.com/base:1.0"))
          .build());
    }
    Path layout = Files.createDirectory(directory.resolve("layout"));
    Command.run("tar", "-x", "-f", tar.toString(), "-C", layout.toString()).orFail();
    return layout;
  }

  private static Path largestBlob(Path layout) throws IOException {
    try (Stream<Path> blobs = Files.list(layout.resolve("blobs/sha256"))) {
      return blobs.max(Comparator.comparing(blob -> blob.toFile().length())).orElseThrow();
    }
  }
}
