/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server on the loopback interface, with files in memory, that remembers what it was asked. */
final class FileServer implements AutoCloseable {
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<Headers> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private FileServer(HttpServer server) {
    this.server = server;
  }

  static FileServer start() throws IOException {
    FileServer files = new FileServer(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    files.server.createContext("/", files::answer);
    files.server.start();
    return files;
  }

  private void answer(HttpExchange exchange) throws IOException {
    // Else the daemon keeps connections open, which count as leaks of this process.
    exchange.getResponseHeaders().set("Connection", "close");
    try (exchange) {
      requests.add(exchange.getRequestHeaders());
      byte[] content = files.get(exchange.getRequestURI().getPath());
      if (content == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(200, -1);
      } else {
        exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
      }
    }
  }

  /** Offers a file and returns its URL. */
  String put(String path, String content) {
    return put(path, content.getBytes(UTF_8));
  }

  /** Offers a file and returns its URL. */
  String put(String path, byte[] content) {
    files.put(path, content);
    return url() + path;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns the values of a header in all requests so far. */
  List<String> headers(String name) {
    return requests.stream()
        .flatMap(it -> it.getOrDefault(name, List.of()).stream())
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
