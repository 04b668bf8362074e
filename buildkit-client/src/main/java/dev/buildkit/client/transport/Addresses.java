/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text form of addresses. Read by hand, because URIs would decode socket paths and refuse host names with '_'. */
final class Addresses {

  private static final String FORMS =
      "use unix:///path/to/buildkitd.sock, tcp://host:port, docker://, docker-container://NAME, ssh://host,"
          + " kube-pod://POD, podman-container://NAME or nerdctl-container://NAME";

  private static final Pattern HOST_AND_PORT = Pattern.compile("([^:]*)(?::([^:]*))?");
  private static final Pattern IPV6_AND_PORT = Pattern.compile("\\[([^]]*:[^]]*)](?::(.*))?");

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
      case DockerAddress.EMBEDDED, DockerAddress.CONTAINER ->
        DockerAddress.parse(address, scheme, rest);
      default ->
        CommandAddress.parse(address, scheme, rest)
            .orElseThrow(
                () -> invalid(address, "the scheme '" + scheme + "' is not supported", FORMS));
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
    boolean bracketed = hostAndPort.startsWith("[");
    Matcher parts = (bracketed ? IPV6_AND_PORT : HOST_AND_PORT).matcher(hostAndPort);
    if (!parts.matches()) {
      throw invalid(
          address,
          "'" + hostAndPort + "' is not a host and a port",
          "use tcp://host:port, with an IPv6 address in brackets: tcp://[::1]:1234");
    }
    return new TcpTransport(parts.group(1), port(address, parts.group(2)), Optional.empty());
  }

  private static int port(String address, @Nullable String port) {
    if (port == null || port.isEmpty()) {
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
