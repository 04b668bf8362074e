/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import io.grpc.Metadata;
import java.io.IOException;

/** The receiving side of one exporter. */
sealed interface Export permits ByteExport, DirectoryExport {
  /** Returns the gate that every use but the last two goes through. */
  Gate gate();

  /** Starts what a call of the daemon brings. */
  Transfer open(Metadata headers) throws IOException;

  /** Returns a failure to export with the place and the reason. */
  IOException failure(Exception cause);

  /** Ends writes that may block for ever; called by any thread. */
  void unblock();

  /** Returns whether the result is put to its place by renames, after all those that are not. */
  boolean commitsLast();

  /** Puts the result to its place, or discards it; called once, when the gate is shut. */
  void commit() throws IOException;

  /** Removes what was received; called once, when the gate is shut. */
  void discard();
}
