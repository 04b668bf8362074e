/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import java.util.Optional;

/** The text form of a Docker Engine's address, as {@code DOCKER_HOST} and contexts have it. */
final class DockerHost {
  static final String SSH = "ssh";

  private static final int PLAIN_PORT = 2375;
  private static final int TLS_PORT = 2376;

  /** Returns the way to an engine without TLS. */
  static Transport parse(String host) {
    return parse(host, Optional.empty());
  }

  /** Returns the way to an engine; without a scheme it is TCP, as for Docker's own tools. */
  static Transport parse(String host, Optional<DockerTls> tls) {
    return DockerTls.protect(parse(host, tls.isPresent() ? TLS_PORT : PLAIN_PORT), tls);
  }

  private static Transport parse(String host, int defaultPort) {
    int colon = host.indexOf("://");
    String scheme = colon < 0 ? TcpTransport.SCHEME : host.substring(0, colon);
    String rest = colon < 0 ? host : host.substring(colon + "://".length());
    return switch (scheme) {
      case UnixTransport.SCHEME -> Transport.parse(host);
      case TcpTransport.SCHEME -> Transport.parse(scheme + "://" + withPort(rest, defaultPort));
      case SSH -> throughSsh(host, rest);
      case "npipe" ->
        throw Addresses.invalid(
            host,
            "Windows pipes are not supported yet",
            "let the engine listen on tcp://localhost:2375 and set DOCKER_HOST to that");
      default ->
        throw Addresses.invalid(
            host,
            "the scheme '" + scheme + "' is not supported for Docker Engines",
            "use unix:///path/to/docker.sock, tcp://host:port or ssh://host");
    };
  }

  private static Transport throughSsh(String host, String rest) {
    CommandAddress.Parts parts =
        CommandAddress.Parts.of(host, rest, "use ssh://[USER@]HOST[:PORT][/path/of/docker.sock]");
    return CommandTransport.of(host, SshAddress.of(parts).dockerCommand());
  }

  private static String withPort(String rest, int port) {
    String host = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
    boolean has = host.indexOf(':', host.indexOf(']') + 1) >= 0;
    return has ? host : host + ":" + port;
  }

  private DockerHost() {}
}
