/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.regex.Pattern;

/** The way to a TCP port, without encryption. */
record TcpTransport(String host, int port) implements SocketTransport {

  static final String SCHEME = "tcp";

  private static final Pattern NAME_OR_IPV4 = Pattern.compile("[A-Za-z0-9._-]+");
  private static final Pattern IPV6 =
      Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._-]+)?");

  TcpTransport {
    boolean ipv6 = IPV6.matcher(host).matches();
    if (!ipv6 && !NAME_OR_IPV4.matcher(host).matches()) {
      throw Addresses.invalid(
          SCHEME + "://" + host + ":" + port,
          "'" + host + "' is no host name and no IP address",
          "use " + SCHEME + "://host:port");
    }
    if (port < 1 || port > 65535) {
      throw Addresses.invalid(
          SCHEME + "://" + bracketed(host) + ":" + port,
          "the port " + port + " is not within 1 to 65535",
          "use the port that the daemon listens on");
    }
  }

  @Override
  public String address() {
    return SCHEME + "://" + bracketed(host) + ":" + port;
  }

  @Override
  public String authority() {
    int zone = host.indexOf('%');
    // The zone of an IPv6 address means something on this machine only.
    return bracketed(zone < 0 ? host : host.substring(0, zone)) + ":" + port;
  }

  @Override
  public SocketAddress socketAddress() {
    return InetSocketAddress.createUnresolved(host, port);
  }

  @Override
  public String toString() {
    return address();
  }

  private static String bracketed(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }
}
