/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a registry or an OCI layout knows about an image.
 *
 * @param reference is the name of the image, as it was asked for unless a policy replaced it
 * @param digest is that of the manifest or, of an image for several platforms, of their index; empty
 *     if it is not known
 * @param config is that of the one platform which was asked for
 */
public record ResolvedImage(String reference, Optional<Digest> digest, ImageConfig config) {
  /** Creates what is known about an image. */
  public ResolvedImage {
    requireNonNull(reference, "reference");
    requireNonNull(digest, "digest");
    requireNonNull(config, "config");
  }
}
