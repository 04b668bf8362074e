/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.io.IOException;

/** One who answers the requests of the SSH agent protocol. */
@FunctionalInterface
interface AgentExchange {
  /**
   * Returns the answer to a request, both without their lengths.
   *
   * @param request not empty; its first byte is its type
   */
  byte[] answer(byte[] request) throws IOException;
}
