/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP client that repeats a request as Go's client does: when the server has a problem that may pass, at most three times. */
final class RetryingClient {
  private static final Logger LOG = LoggerFactory.getLogger(RetryingClient.class);

  private static final List<Duration> WAITS =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));

  private final HttpClient http;
  private final Pause pause;

  RetryingClient(HttpClient http, Pause pause) {
    this.http = http;
    this.pause = pause;
  }

  /**
   * Returns the answer to the first attempt that succeeds, or to the last one.
   *
   * @throws IOException if there is no answer; of several attempts, it is the failure of the last one
   */
  HttpAnswer send(HttpCall call) throws IOException {
    for (Duration wait : WAITS) {
      try {
        HttpAnswer answer = http.send(call);
        if (!answer.isServerError() || !waits(call, answer.toString(), wait)) {
          return answer;
        }
      } catch (IOException e) {
        if (!mayPass(e) || !waits(call, e.toString(), wait)) {
          throw e;
        }
      }
    }
    return http.send(call);
  }

  private boolean waits(HttpCall call, String problem, Duration wait) {
    LOG.debug("{}: {}; trying again in {}", call, problem, wait);
    return pause.await(wait);
  }

  /** Returns whether Go takes the failure for a temporary one. A refused connection is none. */
  private static boolean mayPass(IOException failure) {
    return Stream.iterate((Throwable) failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(RetryingClient::isTemporary);
  }

  private static boolean isTemporary(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof ConnectException) {
      return message.contains("timed out");
    }
    if (cause instanceof UnknownHostException) {
      return message.contains("Temporary failure");
    }
    return cause instanceof SocketTimeoutException
        || cause instanceof EOFException
        || isCutOff(cause)
        // The JDK's words for a request that is cut off, and for a body in chunks that ends too
        // early.
        || message.equals("Error writing to server")
        || message.equals("Premature EOF");
  }

  /** Reset, broken pipe, closed, or ended before an answer, for which the JDK has one type. */
  private static boolean isCutOff(Throwable cause) {
    return cause instanceof SocketException
        && !(cause instanceof NoRouteToHostException)
        && !(cause instanceof BindException)
        && !String.valueOf(cause.getMessage()).contains("unreachable");
  }
}
