/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** The way to a TCP port, without encryption. */
record TcpTransport(String host, int port) implements SocketTransport {

  static final String SCHEME = "tcp";

  TcpTransport {
    if (!HostName.isValid(host)) {
      throw Addresses.invalid(
          SCHEME + "://" + host + ":" + port,
          "'" + host + "' is no host name and no IP address",
          "use " + SCHEME + "://host:port");
    }
    if (port < 1 || port > 65535) {
      throw Addresses.invalid(
          SCHEME + "://" + HostName.bracketed(host) + ":" + port,
          "the port " + port + " is not within 1 to 65535",
          "use the port that the daemon listens on");
    }
  }

  @Override
  public String address() {
    return SCHEME + "://" + HostName.bracketed(host) + ":" + port;
  }

  @Override
  public String authority() {
    int zone = host.indexOf('%');
    // The zone of an IPv6 address means something on this machine only.
    return HostName.bracketed(zone < 0 ? host : host.substring(0, zone)) + ":" + port;
  }

  @Override
  public SocketAddress socketAddress() {
    return InetSocketAddress.createUnresolved(host, port);
  }

  @Override
  public String toString() {
    return address();
  }
}
