/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The text form of addresses. Read by hand, because URIs would decode socket paths and refuse host names with '_'. */
final class Addresses {

  private static final String FORMS = "use unix:///path/to/buildkitd.sock or tcp://host:port";

  static Transport parse(String address) {
    int colon = address.indexOf("://");
    if (colon < 0) {
      throw invalid(address, "it has no scheme", FORMS);
    }
    String scheme = address.substring(0, colon);
    String rest = address.substring(colon + "://".length());
    return switch (scheme) {
      case UnixTransport.SCHEME -> unix(address, rest);
      case TcpTransport.SCHEME -> tcp(address, rest);
      default -> throw invalid(address, "the scheme '" + scheme + "' is not supported", FORMS);
    };
  }

  static IllegalArgumentException invalid(String address, String problem, String remedy) {
    return new IllegalArgumentException("address '" + address + "': " + problem + "; " + remedy);
  }

  private static Transport unix(String address, String path) {
    if (path.isEmpty()) {
      throw invalid(address, "it has no path", "use unix:///path/to/buildkitd.sock");
    }
    try {
      return new UnixTransport(Path.of(path));
    } catch (InvalidPathException e) {
      throw invalid(
          address, "'" + path + "' is no path: " + e.getReason(), "give an absolute path");
    }
  }

  private static Transport tcp(String address, String hostAndPort) {
    String form = "use tcp://host:port";
    int colon = hostAndPort.lastIndexOf(':');
    boolean bracketed = hostAndPort.startsWith("[");
    int hostEnd = bracketed ? hostAndPort.indexOf(']') + 1 : hostAndPort.indexOf(':');
    if (bracketed && hostEnd == 0) {
      throw invalid(address, "a bracket is not closed", "use tcp://[address]:port");
    }
    if (colon < 0 || colon < hostEnd) {
      throw invalid(address, "it has no port", form);
    }
    if (colon != hostEnd) {
      throw invalid(
          address,
          "'" + hostAndPort + "' is not a host and a port",
          form + ", and put an IPv6 address in brackets: tcp://[::1]:1234");
    }
    String host =
        bracketed ? hostAndPort.substring(1, hostEnd - 1) : hostAndPort.substring(0, hostEnd);
    return new TcpTransport(host, port(address, hostAndPort.substring(colon + 1)));
  }

  private static int port(String address, String port) {
    if (port.isEmpty()) {
      throw invalid(address, "it has no port", "use tcp://host:port");
    }
    try {
      return Integer.parseInt(port);
    } catch (NumberFormatException e) {
      throw invalid(address, "'" + port + "' is no port", "use a number within 1 to 65535");
    }
  }

  private Addresses() {}
}
