/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

/**
 * Looks images up, so that states know their environment and working directory; see {@link
 * ImageSource#configResolver} and {@link OciLayoutSource#configResolver}.
 *
 * <p>The client has one that asks its daemon. It is called in the thread that marshals the graph or
 * reads from the state, once for each image in each marshal or read.
 */
@FunctionalInterface
public interface ImageConfigResolver {
  /**
   * Returns what is known about an image. An exception that it throws comes out of marshal.
   *
   * @param reference has registry and tag or digest, such as {@code docker.io/library/alpine:3.22}
   * @param platform is that of the image, or of the graph if the image has none
   */
  ResolvedImage resolve(String reference, Platform platform, ResolveMode mode);

  /**
   * Returns what is known about an image in an OCI layout. An exception that it throws comes out of
   * marshal.
   *
   * @param platform is that of the image, or of the graph if the image has none
   * @throws UnsupportedOperationException by default
   */
  default ResolvedImage resolve(OciLayoutSource image, Platform platform) {
    throw new UnsupportedOperationException("look up " + image
        + ": this resolver knows registries alone; override resolve(OciLayoutSource, Platform)");
  }
}
