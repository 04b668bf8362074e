/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The way to a Unix domain socket. */
record UnixTransport(Path socket) implements SocketTransport {

  static final String SCHEME = "unix";

  /** What {@code sun_path} of Linux holds, without the zero byte at its end. */
  private static final int MAX_PATH_BYTES = 107;

  UnixTransport {
    if (!socket.isAbsolute()) {
      throw Addresses.invalid(
          SCHEME + "://" + socket, "the socket path is relative", "give an absolute path");
    }
    int bytes = socket.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_PATH_BYTES) {
      throw Addresses.invalid(
          SCHEME + "://" + socket,
          "the socket path has " + bytes + " bytes, and a socket takes at most " + MAX_PATH_BYTES,
          "use a shorter path, or a symbolic link to its directory");
    }
  }

  @Override
  public String address() {
    return SCHEME + "://" + socket;
  }

  @Override
  public String authority() {
    return "localhost";
  }

  @Override
  public SocketAddress socketAddress() {
    return UnixDomainSocketAddress.of(socket);
  }

  @Override
  public Optional<TlsOptions> tls() {
    return Optional.empty();
  }

  @Override
  public String toString() {
    return address();
  }
}
