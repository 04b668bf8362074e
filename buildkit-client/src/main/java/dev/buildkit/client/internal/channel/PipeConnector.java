/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import java.util.concurrent.CompletableFuture;

/** Opens byte pipes to one peer, a new one for each connection. */
@FunctionalInterface
interface PipeConnector {

  /** Begins to open a pipe. Does not block; a pipe that comes too late is closed by who asked for it. */
  CompletableFuture<BytePipe> connect();
}
