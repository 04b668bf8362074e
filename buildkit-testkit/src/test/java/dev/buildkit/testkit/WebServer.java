/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Serves one file on loopback, under any name. */
final class WebServer implements AutoCloseable {
  static final Instant LAST_MODIFIED = Instant.parse("2015-10-21T07:28:00Z");

  private final HttpServer server;

  WebServer(byte[] content) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, content));
    server.start();
  }

  private static void answer(HttpExchange exchange, byte[] content) throws IOException {
    try (exchange) {
      String date =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(LAST_MODIFIED.atOffset(ZoneOffset.UTC));
      exchange.getResponseHeaders().add("Last-Modified", date.replace("Z", "GMT"));
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    }
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
