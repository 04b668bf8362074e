/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import io.grpc.Status;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectionTroubleTest {
  private static final String TCP = "tcp://builder:1234";

  @Test
  void missingSocketsAreNamed(@TempDir Path dir) {
    Path socket = dir.resolve("buildkitd.sock");

    assertThat(decode("unix://" + socket, unavailable(connect(socket))))
        .hasMessage("failed to solve: cannot connect to unix://" + socket
            + ": there is no such socket;"
            + " start buildkitd, or set BUILDKIT_HOST to the address of a running one");
  }

  @Test
  void socketsOfDeadDaemonsAreNamed(@TempDir Path dir) throws IOException {
    Path socket = dir.resolve("buildkitd.sock");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
    }

    assertThat(decode("unix://" + socket, unavailable(connect(socket))))
        .hasMessage("failed to solve: cannot connect to unix://" + socket + ": connection refused;"
            + " start buildkitd, or set BUILDKIT_HOST to the address of a running one");
  }

  @Test
  void forbiddenSocketsNameGroupAndRootlessDaemon() {
    // The JDK's exception for a unix socket without permission is this one.
    BuildKitException failure = decode(
        "unix:///run/buildkit/buildkitd.sock", unavailable(new BindException("Permission denied")));

    assertThat(failure.code()).isEqualTo(ErrorCode.DENIED);
    assertThat(failure)
        .hasMessage("failed to solve: cannot connect to unix:///run/buildkit/buildkitd.sock:"
            + " permission denied; join the group that owns the socket, or use a rootless"
            + " buildkitd, which listens at unix://$XDG_RUNTIME_DIR/buildkit/buildkitd.sock");
    assertThat(decode("x", new AccessDeniedException("x")).code()).isEqualTo(ErrorCode.DENIED);
  }

  @Test
  void unknownHostsAreNamed() {
    Throwable failure = Status.UNAVAILABLE
        .withDescription("Unable to resolve host builder")
        .withCause(new UnknownHostException("builder: Name or service not known"))
        .asRuntimeException();

    assertThat(decode(TCP, failure))
        .hasMessage("failed to solve: cannot connect to tcp://builder:1234: unknown host;"
            + " correct the host name");
  }

  @Test
  void connectTimeoutsAreNotRefusals() {
    assertThat(decode(TCP, unavailable(new ConnectException("connection timed out after 5 ms"))))
        .hasMessage("failed to solve: cannot connect to tcp://builder:1234: no answer in time;"
            + " correct the address, or look for a firewall on the way");
  }

  @Test
  void refusedCertificatesSayWhy() {
    IOException cause = new SSLHandshakeException("the certificate expired; renew it");

    assertThat(decode(TCP, unavailable(cause)))
        .hasMessage("failed to solve: cannot connect to tcp://builder:1234:"
            + " the certificate expired; renew it");
  }

  @Test
  void plainPortsAreNotTlsPorts() {
    IOException cause = new SSLException("not an SSL/TLS record: 000006040000000000000500004000");

    assertThat(decode(TCP, unavailable(cause)))
        .hasMessage("failed to solve: cannot connect to tcp://builder:1234:"
            + " what answers there does not speak TLS; connect without TLS, or correct the port");
  }

  @Test
  void otherServersAreNotBuildKit() {
    Throwable failure = Status.INTERNAL
        .withDescription("http2 exception")
        .withCause(new IOException("First received frame was not SETTINGS. Hex dump: 485454502f"))
        .asRuntimeException();

    assertThat(decode(TCP, failure))
        .hasMessage("failed to solve: cannot connect to tcp://builder:1234: what answers there is"
            + " not BuildKit; correct the address; if the daemon wants TLS, connect with it");
  }

  @Test
  void brokenConnectionsSayWhatBroke() {
    assertThat(decode(TCP, unavailable(new SocketException("Connection reset"))))
        .hasMessage("failed to solve: the daemon at tcp://builder:1234 is unavailable:"
            + " Connection reset; try again when it is back");
    assertThat(decode(TCP, Status.UNAVAILABLE.asRuntimeException()))
        .hasMessage("failed to solve: the daemon at tcp://builder:1234 is unavailable;"
            + " try again when it is back");
  }

  @Test
  void failuresBelowGrpcReadTheSame() {
    assertThat(decode(TCP, new ConnectException("Connection refused")))
        .hasMessage(
            decode(TCP, unavailable(new ConnectException("Connection refused"))).getMessage());
  }

  private static Throwable connect(Path socket) {
    return catchThrowable(
        () -> SocketChannel.open(UnixDomainSocketAddress.of(socket)).close());
  }

  private static Throwable unavailable(Throwable cause) {
    return Status.UNAVAILABLE.withDescription("io exception").withCause(cause).asRuntimeException();
  }

  private static BuildKitException decode(String address, Throwable failure) {
    BuildKitException decoded = new ErrorDecoder(address).decodeSolve(failure);
    assertThat(decoded).isExactlyInstanceOf(BuildKitException.class).hasCause(failure);
    assertThat(decoded.code()).isIn(ErrorCode.UNAVAILABLE, ErrorCode.DENIED);
    return decoded;
  }
}
