/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Connects to sockets of this machine. */
final class UnixSocket {
  private UnixSocket() {}

  /**
   * Connects, and sees to it that the connection is closed with the call.
   *
   * @throws IOException if nobody listens there; the message has the path
   */
  static SocketChannel connect(Path path) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    CallScope.closeAtEnd(channel);
    try {
      channel.connect(UnixDomainSocketAddress.of(path));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw new IOException("cannot connect to " + path + ": " + e.getMessage(), e);
    }
  }
}
