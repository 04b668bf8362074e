/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import java.net.SocketAddress;

/** The name of a pipe's peer, for messages. Nothing is found by it. */
final class PipeAddress extends SocketAddress {

  private static final long serialVersionUID = 1;

  private final String peer;

  PipeAddress(String peer) {
    this.peer = peer;
  }

  @Override
  public String toString() {
    return peer;
  }
}
