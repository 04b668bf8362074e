/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Messages of the SSH agent protocol: a length of four bytes, a type of one byte, and the rest. */
final class AgentMessages {
  static final byte FAILURE = 5;
  static final byte REQUEST_IDENTITIES = 11;
  static final byte IDENTITIES_ANSWER = 12;
  static final byte SIGN_REQUEST = 13;
  static final byte SIGN_RESPONSE = 14;

  /** The most that OpenSSH's agent and its clients take. */
  static final int MAX_BYTES = 256 * 1024;

  private AgentMessages() {}

  /** Returns a message with its length before it. */
  static ByteBuffer framed(byte[] message) {
    return ByteBuffer.allocate(Integer.BYTES + message.length)
        .putInt(message.length)
        .put(message)
        .flip();
  }

  /** Returns the answer that says no more than that a request failed. */
  static byte[] failure() {
    return new byte[] {FAILURE};
  }

  /**
   * Reads the next message.
   *
   * @throws EOFException if the channel ends before
   */
  static byte[] read(ReadableByteChannel channel) throws IOException {
    int length = requireLength(fill(channel, Integer.BYTES).getInt());
    return fill(channel, length).array();
  }

  /** Returns the length that a message says it has, if there can be one of it. */
  static int requireLength(int length) throws IOException {
    if (length < 1 || length > MAX_BYTES) {
      throw new IOException("a message of " + Integer.toUnsignedString(length)
          + " bytes is not of the SSH agent protocol; add a socket of another protocol with"
          + " SshAgents.addSocket");
    }
    return length;
  }

  private static ByteBuffer fill(ReadableByteChannel channel, int size) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(size);
    while (target.hasRemaining()) {
      if (channel.read(target) < 0) {
        throw new EOFException("the agent ended the connection");
      }
    }
    return target.flip();
  }
}
