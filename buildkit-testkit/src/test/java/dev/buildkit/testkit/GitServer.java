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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A Git repository with an annotated tag, served by Git's own program behind HTTP on loopback. */
final class GitServer implements AutoCloseable {
  private final Path root;
  private final HttpServer server;

  private GitServer(Path root, HttpServer server) {
    this.root = root;
    this.server = server;
  }

  static GitServer start(Path root) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    GitServer server = new GitServer(root, http);
    server.makeRepository();
    http.createContext("/", server::answer);
    http.start();
    return server;
  }

  private void makeRepository() throws IOException {
    Files.createDirectory(root.resolve("app"));
    git("init", "--quiet", "--initial-branch=main");
    git("config", "user.name", "Ada");
    git("config", "user.email", "ada@example.com");
    git("config", "http.uploadpack", "true");
    git("config", "uploadpack.allowAnySHA1InWant", "true");
    Files.writeString(root.resolve("app/file"), "content\n");
    git("add", "file");
    git("commit", "--quiet", "--message", "first commit");
    git("tag", "--annotate", "--message", "the first release", "v1");
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/app/.git";
  }

  /** Runs Git in the repository and returns what it prints. */
  String git(String... arguments) {
    String[] words = new String[arguments.length + 3];
    words[0] = "git";
    words[1] = "-C";
    words[2] = root.resolve("app").toString();
    System.arraycopy(arguments, 0, words, 3, arguments.length);
    return Command.run(words).orFail().out().strip();
  }

  /** Lets Git's program answer, which is a CGI. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      ProcessBuilder program = new ProcessBuilder("git", "http-backend");
      program.environment().putAll(environment(exchange));
      Process process = program.start();
      CompletableFuture<Void> input = CompletableFuture.runAsync(() -> send(exchange, process));
      byte[] output = process.getInputStream().readAllBytes();
      input.join();
      respond(exchange, output);
    }
  }

  private Map<String, String> environment(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    return Map.of(
        "GIT_PROJECT_ROOT", root.toString(),
        "GIT_HTTP_EXPORT_ALL", "1",
        "PATH_INFO", exchange.getRequestURI().getPath(),
        "QUERY_STRING", query == null ? "" : query,
        "REQUEST_METHOD", exchange.getRequestMethod(),
        "REMOTE_ADDR", "127.0.0.1",
        "CONTENT_TYPE", header(exchange, "Content-Type"),
        "HTTP_CONTENT_ENCODING", header(exchange, "Content-Encoding"),
        "GIT_PROTOCOL", header(exchange, "Git-Protocol"));
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static void send(HttpExchange exchange, Process process) {
    try (InputStream in = exchange.getRequestBody();
        OutputStream out = process.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // It has read enough.
    }
  }

  /** Sends what the program wrote: headers, of which Status is meant for the server, and the body. */
  private static void respond(HttpExchange exchange, byte[] output) throws IOException {
    int end = new String(output, ISO_8859_1).indexOf("\r\n\r\n");
    int status = 200;
    for (String line : new String(output, 0, end, ISO_8859_1).lines().toList()) {
      String[] header = line.split(": ", 2);
      if (header[0].equals("Status")) {
        status = Integer.parseInt(header[1].substring(0, 3));
      } else {
        exchange.getResponseHeaders().add(header[0], header[1]);
      }
    }
    int body = end + 4;
    exchange.sendResponseHeaders(status, 0);
    exchange.getResponseBody().write(output, body, output.length - body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
