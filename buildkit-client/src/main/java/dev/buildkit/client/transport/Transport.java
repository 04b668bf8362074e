/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A way to one BuildKit daemon: an address, and what it takes to get bytes there and back.
 *
 * <p>Transports are immutable values; nothing is opened until a client connects. Two transports are equal when their
 * addresses and TLS options are.
 *
 * <pre>{@code
 * Transport.parse("unix:///run/buildkit/buildkitd.sock");
 * Transport.tcp("127.0.0.1", 1234);
 * Transport.tls("buildkitd.example.com", 1234, TlsOptions.directory(Path.of("/certs")));
 * }</pre>
 */
public sealed interface Transport permits SocketTransport, DockerTransport, CommandTransport {

  /**
   * Returns the transport that an address names:
   *
   * <ul>
   *   <li>{@code unix:///path/to.sock}
   *   <li>{@code tcp://host:port}, where an IPv6 address stands in brackets: {@code tcp://[::1]:1234}
   *   <li>{@code docker://}, {@code docker://?context=NAME} or {@code docker://?host=ADDRESS}: see {@link #docker()}
   *   <li>{@code docker-container://NAME}, with the same behind it: see {@link #dockerContainer}
   *   <li>{@code ssh://[user@]host[:port][/path/to.sock]}, through {@code ssh}
   *   <li>{@code kube-pod://POD?context=C&namespace=N&container=K}, through {@code kubectl}; all behind the name may be left out
   *   <li>{@code podman-container://NAME}, through {@code podman}
   *   <li>{@code nerdctl-container://NAME?namespace=N}, through {@code nerdctl}
   * </ul>
   *
   * <p>The last four start that program with what it takes to run {@code buildctl dial-stdio} at the other end, which must be there: see
   * {@link CommandTransport}.
   *
   * @throws IllegalArgumentException if the text is no such address; the message says what is wrong with it
   */
  static Transport parse(String address) {
    return Addresses.parse(requireNonNull(address, "address"));
  }

  /**
   * Returns the transport to the Unix domain socket at the given path.
   *
   * @throws IllegalArgumentException if the path is relative, or longer than the 107 bytes that a socket path may have
   */
  static Transport unix(Path socket) {
    return new UnixTransport(requireNonNull(socket, "socket"));
  }

  /**
   * Returns the transport that speaks to a TCP port without encryption. The name is resolved anew at each connect.
   *
   * @param host a host name, an IPv4 address, or an IPv6 address without brackets
   * @throws IllegalArgumentException if the host is no host name or address, or the port is not within 1 to 65535
   */
  static Transport tcp(String host, int port) {
    return new TcpTransport(requireNonNull(host, "host"), port, Optional.empty());
  }

  /**
   * Returns the transport that speaks TLS to a TCP port. The name is resolved anew at each connect.
   *
   * @param host a host name, an IPv4 address, or an IPv6 address without brackets; the certificate of the server must have this name,
   *     unless the options say another
   * @throws IllegalArgumentException if the host is no host name or address, or the port is not within 1 to 65535
   */
  static Transport tls(String host, int port, TlsOptions options) {
    return tcp(host, port).tls(options);
  }

  /**
   * Returns the transport through a command whose standard input and output are the connection, such as {@code buildctl dial-stdio} run by
   * whatever gets it to the daemon.
   *
   * @param command the program, found on {@code PATH} unless it is a path, and its arguments; no shell reads them
   * @throws IllegalArgumentException if the command names no program
   */
  static CommandTransport command(List<String> command) {
    return CommandTransport.of(List.copyOf(command));
  }

  /**
   * Returns the transport to the BuildKit inside the Docker Engine that Docker's own tools would use here. What it builds is in
   * the engine's image store, ready to run: see {@code Exporter.docker()}.
   */
  static DockerTransport docker() {
    return DockerTransport.embedded();
  }

  /**
   * Returns the transport to a {@code buildkitd} in a running container of the Docker Engine that Docker's own tools would use
   * here. The container needs {@code buildctl} too, as {@code moby/buildkit} has it.
   *
   * @param name a name or an id of the container
   * @throws IllegalArgumentException if containers cannot have this name
   */
  static DockerTransport dockerContainer(String name) {
    return DockerTransport.container(requireNonNull(name, "name"));
  }

  /**
   * Returns this way with TLS: {@code Transport.parse("tcp://buildkitd:1234").tls(options)}.
   *
   * @throws IllegalArgumentException if this is no TCP port, so that there is nothing that TLS could protect
   */
  default Transport tls(TlsOptions options) {
    throw Addresses.invalid(address(), "TLS is for tcp:// addresses", "leave the TLS options out");
  }

  /** Returns the address as text. {@link #parse} turns it back into this transport, but for its TLS options. */
  String address();

  /** Returns what requests name as the host they are for: {@code localhost} where the way has no host name. */
  String authority();
}
