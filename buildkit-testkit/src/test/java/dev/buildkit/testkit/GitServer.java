/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Git's own server program behind a web server on the loopback interface. */
final class GitServer implements AutoCloseable {
  private final Path repositories;
  private final String authorization;
  private final HttpServer server;

  private GitServer(Path repositories, String authorization, HttpServer server) {
    this.repositories = repositories;
    this.authorization = authorization;
    this.server = server;
  }

  /**
   * Serves all repositories in a directory.
   *
   * @param authorization is the header that a client must send; empty if none is needed
   */
  static GitServer start(Path repositories, String authorization) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    GitServer server = new GitServer(repositories, authorization, http);
    http.createContext("/", server::answer);
    http.start();
    return server;
  }

  String url(String repository) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + repository;
  }

  private void answer(HttpExchange exchange) throws IOException {
    // Else the daemon keeps connections open, which count as leaks of this process.
    exchange.getResponseHeaders().set("Connection", "close");
    try (exchange) {
      if (header(exchange, "Authorization").equalsIgnoreCase(authorization)) {
        pass(exchange);
      } else {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"test\"");
        exchange.sendResponseHeaders(401, -1);
      }
    }
  }

  /** Passes a request to the program, as web servers have done since there are any. */
  private void pass(HttpExchange exchange) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
    Map<String, String> env = builder.environment();
    env.put("GIT_PROJECT_ROOT", repositories.toString());
    env.put("GIT_HTTP_EXPORT_ALL", "1");
    env.put("REQUEST_METHOD", exchange.getRequestMethod());
    env.put("PATH_INFO", exchange.getRequestURI().getPath());
    env.put(
        "QUERY_STRING", Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""));
    env.put("CONTENT_TYPE", header(exchange, "Content-Type"));
    env.put("HTTP_CONTENT_ENCODING", header(exchange, "Content-Encoding"));
    env.put("GIT_PROTOCOL", header(exchange, "Git-Protocol"));
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (InputStream out = process.getInputStream()) {
      try (OutputStream in = process.getOutputStream()) {
        exchange.getRequestBody().transferTo(in);
      }
      exchange.sendResponseHeaders(headers(out, exchange), 0);
      out.transferTo(exchange.getResponseBody());
    } finally {
      process.destroy();
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  /** Copies the headers that the program prints, and returns the status. */
  private static int headers(InputStream out, HttpExchange exchange) throws IOException {
    int status = 200;
    for (String line = line(out); !line.isEmpty(); line = line(out)) {
      String[] header = line.split(": ", 2);
      if (header[0].equals("Status")) {
        status = Integer.parseInt(header[1].substring(0, 3));
      } else {
        exchange.getResponseHeaders().set(header[0], header[1]);
      }
    }
    return status;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append(new String(new byte[] {(byte) next}, ISO_8859_1));
    }
    return line.toString().strip();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
