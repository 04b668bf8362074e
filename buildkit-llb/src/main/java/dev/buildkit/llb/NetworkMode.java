/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto.NetMode;

/** Which network a command sees. */
public enum NetworkMode {
  /** A network of its own with a way out; the default. */
  SANDBOX(NetMode.UNSET),

  /** The network of the daemon; the solve must allow the entitlement {@code network.host}. */
  HOST(NetMode.HOST),

  /** None but loopback. */
  NONE(NetMode.NONE);

  private final NetMode message;

  NetworkMode(NetMode message) {
    this.message = message;
  }

  NetMode toProto() {
    return message;
  }
}
