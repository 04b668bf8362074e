/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.internal.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Finds the blobs that descriptors lead to, through indexes and manifests. */
final class LayoutSweep {
  private static final int MAX_MANIFEST_BYTES = 4 << 20;

  private static final Set<String> WITH_CHILDREN = Set.of(
      "application/vnd.oci.image.index.v1+json",
      "application/vnd.oci.image.manifest.v1+json",
      "application/vnd.docker.distribution.manifest.list.v2+json",
      "application/vnd.docker.distribution.manifest.v2+json");

  private final OciLayout layout;
  private final Set<String> reached = new HashSet<>();
  private final Deque<StrictJson> open = new ArrayDeque<>();

  private LayoutSweep(OciLayout layout) {
    this.layout = layout;
  }

  /**
   * Returns the digests of all blobs that the descriptors lead to.
   *
   * @throws IOException if a manifest cannot be read; the message says which
   */
  static Set<String> reached(OciLayout layout, Collection<StrictJson> descriptors)
      throws IOException {
    LayoutSweep sweep = new LayoutSweep(layout);
    sweep.open.addAll(descriptors);
    while (!sweep.open.isEmpty()) {
      sweep.visit(sweep.open.pop());
    }
    return sweep.reached;
  }

  private void visit(StrictJson descriptor) throws IOException {
    String digest = descriptor.text("digest");
    if (reached.add(digest) && WITH_CHILDREN.contains(descriptor.text("mediaType"))) {
      StrictJson manifest = manifest(digest);
      open.addAll(manifest.objectList("manifests"));
      open.addAll(manifest.objectList("layers"));
      if (manifest.names().contains("config")) {
        open.add(manifest.object("config"));
      }
    }
  }

  private StrictJson manifest(String digest) throws IOException {
    try (InputStream in = Files.newInputStream(layout.blob(digest))) {
      return StrictJson.parse(new String(in.readNBytes(MAX_MANIFEST_BYTES), UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IOException("the manifest " + digest + " " + e.getMessage(), e);
    }
  }
}
