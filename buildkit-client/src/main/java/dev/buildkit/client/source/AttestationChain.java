/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.source;

import static java.util.Objects.requireNonNull;

import dev.buildkit.client.solve.Descriptor;
import dev.buildkit.llb.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an image is tied to its attestations and signatures, for one's own verification: nothing of it has been verified.
 *
 * @param root the digest of the index of the image
 * @param imageManifest that of the manifest of the platform
 * @param attestationManifest that of the manifest of its attestations
 * @param signatureManifests those of the manifests of signatures
 * @param blobs the index, the manifests but for that of the image, the layers of signatures, and the attestations that were asked
 *     for, by their digests
 */
public record AttestationChain(
    Digest root,
    Optional<Digest> imageManifest,
    Optional<Digest> attestationManifest,
    List<Digest> signatureManifests,
    Map<Digest, Blob> blobs) {
  /** Copies the collections. */
  public AttestationChain {
    requireNonNull(root, "root");
    requireNonNull(imageManifest, "imageManifest");
    requireNonNull(attestationManifest, "attestationManifest");
    signatureManifests = List.copyOf(signatureManifests);
    blobs = Map.copyOf(blobs);
  }

  /** A blob of a registry with its content. */
  public record Blob(Descriptor descriptor, Content content) {
    /** Requires both parts. */
    public Blob {
      requireNonNull(descriptor, "descriptor");
      requireNonNull(content, "content");
    }
  }
}
