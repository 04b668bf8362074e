/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/** The way to a TCP port, in the clear or with TLS. */
record TcpTransport(String host, int port, Optional<TlsOptions> tls) implements SocketTransport {

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
  public Transport tls(TlsOptions options) {
    return new TcpTransport(host, port, Optional.of(requireNonNull(options, "options")));
  }

  @Override
  public String authority() {
    return tls.flatMap(TlsOptions::serverName)
        .map(HostName::bracketed)
        .orElseGet(this::hostAndPort);
  }

  @Override
  public SocketAddress socketAddress() {
    return InetSocketAddress.createUnresolved(host, port);
  }

  @Override
  public String toString() {
    return address();
  }

  private String hostAndPort() {
    int zone = host.indexOf('%');
    // The zone of an IPv6 address means something on this machine only.
    return HostName.bracketed(zone < 0 ? host : host.substring(0, zone)) + ":" + port;
  }
}
