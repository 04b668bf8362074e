/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

/** Where a daemon looks for the image that a tag names. */
public enum ResolveMode {
  /** As the daemon is configured; the default. */
  DEFAULT,

  /** Always in the registry. */
  FORCE_PULL,

  /** Among the images that the daemon has, before the registry. */
  PREFER_LOCAL
}
