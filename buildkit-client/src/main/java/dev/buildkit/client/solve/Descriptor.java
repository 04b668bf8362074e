/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.solve;

import dev.buildkit.llb.Digest;
import java.util.Map;

/**
 * What names a piece of content in an OCI registry or layout, as the OCI image specification defines it.
 *
 * @param mediaType the kind of the content, such as {@code application/vnd.oci.image.manifest.v1+json}
 * @param digest the digest of the content
 * @param sizeBytes the size of the content in bytes
 * @param annotations what the exporter noted about the content; may be empty
 */
public record Descriptor(
    String mediaType, Digest digest, long sizeBytes, Map<String, String> annotations) {
  /** Creates a descriptor with a copy of the annotations. */
  public Descriptor {
    annotations = Map.copyOf(annotations);
  }
}
