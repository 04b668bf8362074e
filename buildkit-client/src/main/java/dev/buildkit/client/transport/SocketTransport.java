/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import java.net.SocketAddress;
import java.util.Optional;

/** A way to a daemon that listens on a socket which this process can open by itself. */
public sealed interface SocketTransport extends Transport permits UnixTransport, TcpTransport {

  /** Returns the address of the socket. A host name in it is not resolved yet. */
  SocketAddress socketAddress();

  /** Returns how the connection is encrypted; empty if it is not. */
  Optional<TlsOptions> tls();
}
