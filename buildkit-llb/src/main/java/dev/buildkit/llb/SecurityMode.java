/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto;

/** How far the processes of a command are confined. */
public enum SecurityMode {
  /** The default profile of containers. */
  SANDBOX(OpsProto.SecurityMode.SANDBOX),

  /** All privileges; the solve must allow the entitlement {@code security.insecure}. */
  INSECURE(OpsProto.SecurityMode.INSECURE);

  private final OpsProto.SecurityMode message;

  SecurityMode(OpsProto.SecurityMode message) {
    this.message = message;
  }

  OpsProto.SecurityMode toProto() {
    return message;
  }
}
