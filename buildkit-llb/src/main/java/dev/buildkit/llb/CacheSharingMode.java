/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto.CacheSharingOpt;

/** What happens when two commands mount one cache directory at the same time. */
public enum CacheSharingMode {
  /** Both see and change the same files; the default. */
  SHARED(CacheSharingOpt.SHARED),

  /** The second gets a directory of its own. */
  PRIVATE(CacheSharingOpt.PRIVATE),

  /** The second waits until the first has ended. */
  LOCKED(CacheSharingOpt.LOCKED);

  private final CacheSharingOpt message;

  CacheSharingMode(CacheSharingOpt message) {
    this.message = message;
  }

  CacheSharingOpt toProto() {
    return message;
  }
}
