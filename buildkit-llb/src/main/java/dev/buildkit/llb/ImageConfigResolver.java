/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

/**
 * Looks images up, so that states know their environment and working directory; see {@link
 * ImageSource#configResolver}.
 *
 * <p>It is called in the thread that marshals the graph or reads from the state.
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
}
