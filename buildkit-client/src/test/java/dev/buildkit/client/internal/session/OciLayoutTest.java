/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images are added to the index of a layout, and blobs that it does not lead to are removed. */
class OciLayoutTest {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String A = "sha256:" + "a".repeat(64);
  private static final String B = "sha256:" + "b".repeat(64);
  private static final String C = "sha256:" + "c".repeat(64);
  private static final String D = "sha256:" + "d".repeat(64);

  @TempDir
  private Path directory;

  private OciLayout layout;

  @BeforeEach
  void make() throws IOException {
    layout = OciLayout.make(directory);
  }

  @Test
  void theFirstImageMakesTheLayout() throws Exception {
    blob(A, "{}");

    layout.put(descriptor(A), OciLabel.name("docker.io/library/app:1.0"));

    assertThat(directory.resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
    assertThat(directory.resolve("index.json"))
        .hasContent(
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                + "{\"mediaType\":\"" + MANIFEST + "\",\"digest\":\"" + A + "\",\"size\":2,"
                + "\"annotations\":{\"io.containerd.image.name\":\"docker.io/library/app:1.0\","
                + "\"org.opencontainers.image.ref.name\":\"1.0\"}}]}");
    assertThat(OciLayout.open(directory).images())
        .containsExactly(new OciImage(A, "1.0", "docker.io/library/app:1.0"));
  }

  @Test
  void anImageReplacesThatOfItsNameAndKeepsAllElse() throws Exception {
    Files.writeString(
        directory.resolve("index.json"),
        "{\"annotations\":{\"x\":null},\"schemaVersion\":2,\"other\":[1.5,true],\"manifests\":["
            + "{\"digest\":\"" + B + "\",\"platform\":{\"os\":\"linux\"}}]}");
    blob(A, "{}");
    blob(C, "{}");

    layout.put(descriptor(A), OciLabel.tag("latest"));
    layout.put(descriptor(C), OciLabel.tag("latest"));

    assertThat(directory.resolve("index.json"))
        .content()
        .startsWith(
            "{\"annotations\":{\"x\":null},\"schemaVersion\":2,\"other\":[1.5,true],\"manifests\":["
                + "{\"digest\":\"" + B + "\",\"platform\":{\"os\":\"linux\"}},")
        .contains(C)
        .doesNotContain(A);
  }

  @ParameterizedTest
  @CsvSource({
    "docker.io/library/app:1.0, 1.0",
    "localhost:5000/app:1.0, 1.0",
    "localhost:5000/app, ''",
    "docker.io/library/app@sha256:0123, @sha256:0123",
    "docker.io/library/app:1@sha256:0123, 1@sha256:0123",
    "app:1.0, ''"
  })
  void theTagOfANameIsWhatFollowsTheRepository(String name, String tag) {
    assertThat(OciLabel.name(name)).isEqualTo(new OciLabel(tag, name));
  }

  @Test
  void whatTheDaemonDidNotWriteIsNotNamed() {
    assertThatThrownBy(() -> layout.put(descriptor(A), OciLabel.tag("latest")))
        .isInstanceOf(IOException.class)
        .hasMessage("the daemon tells of an image " + A + " that is not in the OCI layout "
            + directory + "; where several exporters make images, solve once for each");
    assertThatThrownBy(() -> layout.put("[]", OciLabel.tag("latest")))
        .isInstanceOf(IOException.class);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aCacheIsNamedOnlyIfAllOfItIsThere() throws Exception {
    blob(A, "{\"layers\":[{\"digest\":\"" + B + "\"}],\"config\":{\"digest\":\"" + C + "\"}}");
    blob(B, "");

    assertThatThrownBy(() -> layout.putComplete(descriptor(A), OciLabel.tag("latest")))
        .isInstanceOf(IOException.class)
        .hasMessage("the OCI layout " + directory.toRealPath() + " lacks the blob " + C
            + " of the cache; another program removed it, or the solve exports several local caches in different formats;"
            + " export the cache again in a solve of its own");
    assertThat(directory.resolve("index.json")).doesNotExist();

    blob(C, "{}");
    layout.putComplete(descriptor(A), OciLabel.tag("latest"));
    assertThat(layout.images()).hasSize(1);
  }

  /** As BuildKit exports a cache with {@code image-manifest=false}. */
  @Test
  void aCacheMayBeAnIndex() throws Exception {
    String index = "{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"digest\":\"" + A
        + "\",\"size\":2}";
    blob(A, "{\"manifests\":[{\"digest\":\"" + B + "\"},{\"digest\":\"" + C + "\"}]}");
    blob(B, "");

    assertThatThrownBy(() -> layout.putComplete(index, OciLabel.tag("latest")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(C);

    blob(C, "{}");
    layout.putComplete(index, OciLabel.tag("latest"));
    assertThat(layout.images()).hasSize(1);
  }

  @Test
  void anIndexThatCannotBeReadIsKept() throws Exception {
    Files.writeString(directory.resolve("index.json"), "{]");
    blob(A, "{}");

    assertThatThrownBy(() -> layout.put(descriptor(A), OciLabel.tag("latest")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("index.json is not JSON");
    assertThat(directory.resolve("index.json")).hasContent("{]");
  }

  @Test
  void manyMayWriteAtOnce() throws Exception {
    blob(A, "{}");
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<CompletableFuture<Void>> all = IntStream.range(0, 20)
          .mapToObj(i -> CompletableFuture.runAsync(() -> put("tag" + i), threads))
          .toList();
      all.forEach(CompletableFuture::join);
    } finally {
      threads.shutdown();
    }

    assertThat(OciLayout.open(directory).images()).hasSize(20);
  }

  private void put(String tag) {
    try {
      OciLayout.make(directory).put(descriptor(A), OciLabel.tag(tag));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void blobsThatTheIndexLeadsToStay() throws Exception {
    blob(A, "{\"layers\":[{\"digest\":\"" + B + "\"}],\"config\":{\"digest\":\"" + C + "\"}}");
    blob(B, "layer");
    blob(C, "config");
    blob(D, "left over");
    layout.put(descriptor(A), OciLabel.tag("latest"));

    layout.removeUnreferenced();

    assertThat(layout.digests()).containsExactlyInAnyOrder(A, B, C);
  }

  @Test
  void nothingIsRemovedWhereAManifestCannotBeRead() throws Exception {
    blob(A, "{");
    blob(D, "left over");
    layout.put(descriptor(A), OciLabel.tag("latest"));

    assertThatThrownBy(layout::removeUnreferenced)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the manifest " + A);
    assertThat(layout.digests()).containsExactlyInAnyOrder(A, D);
  }

  private static String descriptor(String digest) {
    return "{\"mediaType\":\"" + MANIFEST + "\",\"digest\":\"" + digest + "\",\"size\":2}";
  }

  private void blob(String digest, String text) throws IOException {
    Files.writeString(layout.placeOf(digest), text);
  }
}
