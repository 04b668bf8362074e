/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.llb.OciLayoutSource;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciStoresTest {
  private static final String ONE = "sha256:" + "1".repeat(64);
  private static final String TWO = "sha256:" + "2".repeat(64);

  @TempDir
  private Path layout;

  @BeforeEach
  void makeLayout() throws IOException {
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\": \"1.0.0\"}");
  }

  private OciStores stores(String manifests) throws IOException {
    Files.writeString(layout.resolve("index.json"), "{\"manifests\": [" + manifests + "]}");
    return OciStores.empty().add("base", layout);
  }

  private static String manifest(String digest, String tag) {
    return """
        {"digest": "%s", "size": 1, "annotations": {
          "io.containerd.image.name": "docker.io/library/base:%s",
          "org.opencontainers.image.ref.name": "%s"}}""".formatted(digest, tag, tag);
  }

  @Test
  void referencesNameAnImageByItsDigest() throws IOException {
    OciStores stores = stores(manifest(ONE, "1.0") + "," + manifest(TWO, "2.0"));

    assertThat(stores.reference("base", "2.0")).isEqualTo("base@" + TWO);
    assertThat(stores.reference("base", "docker.io/library/base:1.0")).isEqualTo("base@" + ONE);
    assertThatThrownBy(() -> stores.reference("base", "3.0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("OCI store base: its index has no image 3.0; name one of: 1.0, 2.0");
    assertThatThrownBy(() -> stores.reference("base"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("OCI store base: its index has 2 images; name one of: 1.0, 2.0");
    assertThatThrownBy(() -> stores.reference("other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("OCI store other is not there; there are [base]");
  }

  @Test
  void sourcesNameTheStoreAndTheDigest() throws IOException {
    OciStores stores = stores(manifest(ONE, "1.0"));

    for (OciLayoutSource source : List.of(stores.source("base"), stores.source("base", "1.0"))) {
      assertThat(State.from(source).marshal())
          .isEqualTo(
              State.from(OciLayoutSource.of("local/base@" + ONE).store("base")).marshal());
    }
  }

  @Test
  void theOnlyImageNeedsNoName() throws IOException {
    assertThat(stores("{\"digest\": \"" + ONE + "\"}").reference("base")).isEqualTo("base@" + ONE);
  }

  @Test
  void whatIsNoLayoutIsRefusedAtOnce() throws IOException {
    Path empty = Files.createDirectory(layout.resolve("empty"));
    Path missing = layout.resolve("missing");

    assertThatThrownBy(() -> OciStores.empty().add("base", missing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("OCI store base: there is no directory " + missing + "; correct the path");
    assertThatThrownBy(() -> OciStores.empty().add("base", empty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "OCI store base: " + empty + " is no OCI image layout: it has no file oci-layout;"
                + " unpack the tar file of an oci export there");
  }

  @Test
  void aBadIndexIsToldByItsPath() throws IOException {
    OciStores damaged = stores("{");
    assertThatThrownBy(() -> damaged.reference("base"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("OCI store base: ")
        .hasMessageContaining("index.json is not JSON, see line 1");

    Files.delete(layout.resolve("index.json"));
    assertThatThrownBy(() -> damaged.reference("base"))
        .hasMessageStartingWith("OCI store base: ")
        .hasMessageEndingWith(" has no index.json");
  }

  @Test
  void idsAreGivenOnce() throws IOException {
    OciStores stores = stores("");

    assertThatThrownBy(() -> stores.add("base", layout))
        .hasMessage("OCI store base is given twice");
    assertThatThrownBy(() -> stores.add("", layout))
        .hasMessage(
            "OCI store '': the id is a part of references;" + " take letters, digits and '._:/-'");
    assertThat(stores.toString()).startsWith("OciStores{base=");
  }
}
