/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Bytes to send as one message. They are written while the message is handed to gRPC, so that their buffer may be used
 * again right after, provided that the channel does not retry and that the call has been ready once.
 */
public interface OutgoingBytes {

  /** Returns the number of bytes. */
  int length();

  /** Writes all bytes. Called once for each message. */
  void writeTo(OutputStream out) throws IOException;
}
