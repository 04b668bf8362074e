/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.grpc;

import dev.buildkit.client.error.ErrorCode;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/**
 * Why no connection to a daemon came about. The JDK reports missing and forbidden unix sockets as
 * plain socket exceptions, so that some are known by their text alone.
 *
 * @param sign tells it from other troubles
 * @param wrong what is wrong; empty if the exception says it better
 * @param remedy what to do; empty if the exception says that, too
 */
record ConnectionTrouble(Predicate<Throwable> sign, ErrorCode code, String wrong, String remedy) {
  private static final String START =
      "start buildkitd, or set BUILDKIT_HOST to the address of a running one";

  private static final String START_DOCKER =
      "start Docker, or set DOCKER_HOST or DOCKER_CONTEXT to a running engine";

  private static final List<ConnectionTrouble> KNOWN = List.of(
      new ConnectionTrouble(
          cause -> cause instanceof ConnectFailure, ErrorCode.UNAVAILABLE, "", ""),
      new ConnectionTrouble(
          cause -> cause instanceof NoSuchFileException || says(cause, "No such file or directory"),
          ErrorCode.UNAVAILABLE,
          "there is no such socket",
          START),
      new ConnectionTrouble(
          cause -> cause instanceof AccessDeniedException || says(cause, "Permission denied"),
          ErrorCode.DENIED,
          "permission denied",
          "join the group that owns the socket, or use a rootless buildkitd, which listens at"
              + " unix://$XDG_RUNTIME_DIR/buildkit/buildkitd.sock"),
      new ConnectionTrouble(
          cause ->
              cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException,
          ErrorCode.UNAVAILABLE,
          "unknown host",
          "correct the host name"),
      new ConnectionTrouble(
          cause -> cause instanceof SocketTimeoutException
              || says(cause, "connection timed out")
              || says(cause, "handshake timed out"),
          ErrorCode.UNAVAILABLE,
          "no answer in time",
          "correct the address, or look for a firewall on the way"),
      new ConnectionTrouble(
          cause -> cause instanceof ConnectException,
          ErrorCode.UNAVAILABLE,
          "connection refused",
          START),
      new ConnectionTrouble(
          cause -> says(cause, "not an SSL/TLS record") || says(cause, "Unsupported or unrecog"),
          ErrorCode.UNAVAILABLE,
          "what answers there does not speak TLS",
          "connect without TLS, or correct the port"),
      new ConnectionTrouble(cause -> cause instanceof SSLException, ErrorCode.UNAVAILABLE, "", ""),
      new ConnectionTrouble(
          cause -> says(cause, "First received frame was not SETTINGS"),
          ErrorCode.UNAVAILABLE,
          "what answers there is not BuildKit",
          "correct the address; if the daemon wants TLS, connect with it"));

  /** Returns the trouble that a failure or the nearest of its causes shows. */
  static Optional<ConnectionTrouble> of(Throwable failure) {
    return Causes.of(failure)
        .flatMap(cause -> KNOWN.stream().filter(trouble -> trouble.sign.test(cause)))
        .findFirst();
  }

  String describe(String address, Throwable failure) {
    String reason = wrong.isEmpty() ? Causes.rootReason(failure) : wrong;
    String cannot = "cannot connect to " + address + ": " + reason;
    String what = remedy.equals(START) && address.startsWith("docker") ? START_DOCKER : remedy;
    return what.isEmpty() ? cannot : cannot + "; " + what;
  }

  private static boolean says(Throwable cause, String text) {
    String message = cause.getMessage();
    return message != null && message.startsWith(text);
  }
}
