/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.solve;

import dev.buildkit.llb.Digest;
import java.util.Map;
import java.util.Optional;

/**
 * What a successful solve tells about its exports.
 *
 * @param ref the id of the solve, under which the daemon keeps its record
 * @param exporterResponse all that the exporters answered, as the daemon sent it: the keys of all exporters in one map, in which
 *     a later exporter replaces an earlier one's, those of the frontend behind {@code frontend.}, those of caches behind
 *     {@code cache.}. Exporters of files only ({@code local}, {@code tar}) answer nothing
 * @param imageDescriptor the image's manifest or index, if an image was exported
 */
public record SolveResult(
    String ref, Map<String, String> exporterResponse, Optional<Descriptor> imageDescriptor) {
  /** Creates a result with a copy of the response. */
  public SolveResult {
    exporterResponse = Map.copyOf(exporterResponse);
  }

  /** Returns the digest of the exported image's manifest or index: what a reference {@code name@digest} needs. */
  public Optional<Digest> imageDigest() {
    return digest("containerimage.digest");
  }

  /** Returns the digest of the exported image's config, which Docker calls the image id. */
  public Optional<Digest> configDigest() {
    return digest("containerimage.config.digest");
  }

  /** Returns the names under which the image was exported, separated by commas as the exporter sent them. */
  public Optional<String> imageName() {
    return Optional.ofNullable(exporterResponse.get("image.name"));
  }

  private Optional<Digest> digest(String key) {
    return Optional.ofNullable(exporterResponse.get(key)).map(Digest::parse);
  }
}
