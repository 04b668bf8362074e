/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks token servers, with limits for time, size and redirects.
 *
 * <p>It is made of {@code HttpURLConnection} because that has no life of its own: it uses the
 * caller's thread and one socket, and both are free when a call ends. {@code java.net.http} keeps a
 * thread and a selector, which nobody can end before JDK 21.
 */
final class HttpClient {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration READ_LIMIT = Duration.ofSeconds(10);
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_BYTES = 1024 * 1024;

  private final Optional<SSLContext> tls;
  private final CompletableFuture<?> end;
  private final Duration readLimit;

  /**
   * Creates a client for the calls of one task.
   *
   * @param tls for all https servers; empty for the JDK's own
   * @param end cuts off what still runs when it completes
   */
  HttpClient(Optional<SSLContext> tls, CompletableFuture<?> end) {
    this(tls, end, READ_LIMIT);
  }

  HttpClient(Optional<SSLContext> tls, CompletableFuture<?> end, Duration readLimit) {
    this.tls = tls;
    this.end = end;
    this.readLimit = readLimit;
  }

  /** Sends a request and those that redirects ask for, as long as they lead to where it may go. */
  HttpAnswer send(HttpCall call) throws IOException {
    HttpCall next = call;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpAnswer answer = sendOnce(next);
      if (!answer.isRedirect(next)) {
        return answer;
      }
      next = redirect(next, answer.location());
    }
    throw new IOException("more than " + MAX_REDIRECTS + " redirects");
  }

  private static HttpCall redirect(HttpCall call, String location) throws IOException {
    try {
      return call.redirected(new URI(location))
          .orElseThrow(() -> new IOException(
              "a redirect leads to another server, which must not see the credentials"));
    } catch (URISyntaxException e) {
      throw new IOException("a redirect leads to what is no address");
    }
  }

  private HttpAnswer sendOnce(HttpCall call) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) call.uri().toURL().openConnection();
    prepare(connection, call);
    AtomicBoolean answered = new AtomicBoolean();
    var unused = end.whenComplete((result, failure) -> cutOff(connection, answered));
    if (end.isDone()) {
      throw new IOException("no answer in time");
    }
    try {
      if (call.form().isPresent()) {
        post(connection, call.form().get().getBytes(US_ASCII));
      }
      int status = connection.getResponseCode();
      answered.set(true);
      return answer(connection, status);
    } catch (IOException e) {
      throw end.isDone() ? new IOException("no answer in time", e) : e;
    } finally {
      connection.disconnect();
    }
  }

  /** While a body is read, closing would wait for the reader, who then looks at the time himself. */
  private static void cutOff(HttpURLConnection connection, AtomicBoolean answered) {
    if (!answered.get()) {
      connection.disconnect();
    }
  }

  private void prepare(HttpURLConnection connection, HttpCall call) {
    connection.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
    connection.setReadTimeout((int) readLimit.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    // Else the application's own authenticator, made for other servers, is asked after a 401.
    connection.setAuthenticator(new NoAuthenticator());
    // Else the JDK keeps the socket open for a while.
    connection.setRequestProperty("Connection", "close");
    connection.setRequestProperty("User-Agent", "buildkit-client-java");
    connection.setRequestProperty("Accept", "application/json");
    call.headers().forEach(connection::setRequestProperty);
    if (connection instanceof HttpsURLConnection https) {
      tls.ifPresent(own -> https.setSSLSocketFactory(own.getSocketFactory()));
    }
  }

  private static void post(HttpURLConnection connection, byte[] form) throws IOException {
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
    // Streamed, so that the JDK cannot send it a second time by itself.
    connection.setFixedLengthStreamingMode(form.length);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(form);
    }
  }

  private HttpAnswer answer(HttpURLConnection connection, int status) throws IOException {
    InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    return new HttpAnswer(
        status,
        orEmpty(connection.getResponseMessage()),
        orEmpty(connection.getHeaderField("Location")),
        stream == null ? "" : read(stream, connection.getContentLengthLong()));
  }

  /** The JDK does not mind a body that ends before the length that the server has named. */
  private String read(InputStream stream, long length) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
      body.write(buffer, 0, count);
      if (body.size() > MAX_BYTES) {
        throw new IOException("the answer has more than " + MAX_BYTES + " bytes");
      }
      if (end.isDone()) {
        throw new IOException("the answer does not end");
      }
    }
    if (body.size() < length) {
      throw new EOFException("the answer ends after " + body.size() + " of " + length + " bytes");
    }
    return body.toString(UTF_8);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static final class NoAuthenticator extends Authenticator {
    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      return null;
    }
  }
}
