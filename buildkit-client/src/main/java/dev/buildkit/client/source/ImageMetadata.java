/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.source;

import static java.util.Objects.requireNonNull;

import dev.buildkit.llb.Digest;
import dev.buildkit.llb.ImageConfig;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about an image in a registry or in an OCI layout.
 *
 * @param digest that of the manifest or, of an image for several platforms, of their index; empty if a Docker Engine took an image
 *     of its own store
 * @param config that of the platform which was asked for
 * @param attestationChain present if it was {@linkplain SourceMetadataRequest#attestationChain asked for} and the image has an OCI
 *     index
 */
public record ImageMetadata(
    String identifier,
    Map<String, String> attrs,
    Optional<Digest> digest,
    ImageConfig config,
    Optional<AttestationChain> attestationChain)
    implements SourceMetadata {
  /** Copies the map. */
  public ImageMetadata {
    requireNonNull(identifier, "identifier");
    attrs = Map.copyOf(attrs);
    requireNonNull(digest, "digest");
    requireNonNull(config, "config");
    requireNonNull(attestationChain, "attestationChain");
  }
}
