/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** A token server for a {@link PrivateRegistry}: it knows one user, who may do everything. */
final class TokenIssuer implements AutoCloseable {
  static final String NAME = "test-issuer";
  static final String SERVICE = "test-service";

  private final HttpsServer server;
  private final TestJwt jwt;
  private final String user;
  private final String password;
  private final String identityToken;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicBoolean oauth = new AtomicBoolean(true);
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private TokenIssuer(
      HttpsServer server, TestJwt jwt, String user, String password, String identityToken) {
    this.server = server;
    this.jwt = jwt;
    this.user = user;
    this.password = password;
    this.identityToken = identityToken;
  }

  static TokenIssuer start(
      TestCertificate certificate, String user, String password, String identityToken)
      throws IOException, GeneralSecurityException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
    TokenIssuer issuer =
        new TokenIssuer(server, new TestJwt(certificate), user, password, identityToken);
    server.setExecutor(issuer.threads);
    server.createContext("/token", issuer::answer);
    server.start();
    return issuer;
  }

  String realm() {
    return "https://127.0.0.1:" + server.getAddress().getPort() + "/token";
  }

  /** Sets whether the newer way of asking, a POST, is known. */
  void oauth(boolean known) {
    oauth.set(known);
  }

  /** Returns what was asked since the last time: a method and who asked for each request. */
  List<String> takeRequests() {
    List<String> taken = List.copyOf(requests);
    requests.clear();
    return taken;
  }

  private void answer(HttpExchange exchange) throws IOException {
    // Else the daemon keeps connections open, which count as leaks of this process.
    exchange.getResponseHeaders().set("Connection", "close");
    boolean post = exchange.getRequestMethod().equals("POST");
    String agent = exchange.getRequestHeaders().getFirst("User-Agent");
    requests.add(exchange.getRequestMethod() + " " + agent.replaceFirst("/.*", ""));
    String text = post
        ? new String(exchange.getRequestBody().readAllBytes(), UTF_8)
        : exchange.getRequestURI().getRawQuery();
    if (post && !oauth.get()) {
      send(exchange, 405, "{}");
    } else if (post ? mayPost(form(text)) : mayGet(exchange)) {
      send(exchange, 200, post ? token("access_token", text) : token("token", text));
    } else {
      send(exchange, 401, "{\"details\": \"wrong\"}");
    }
    exchange.close();
  }

  private boolean mayPost(Map<String, List<String>> form) {
    return form.equals(withUser(form)) || form.equals(withIdentityToken(form));
  }

  private Map<String, List<String>> withUser(Map<String, List<String>> form) {
    Map<String, List<String>> expected = new HashMap<>(form);
    expected.put("grant_type", List.of("password"));
    expected.put("username", List.of(user));
    expected.put("password", List.of(password));
    return expected;
  }

  private Map<String, List<String>> withIdentityToken(Map<String, List<String>> form) {
    Map<String, List<String>> expected = new HashMap<>(form);
    expected.put("grant_type", List.of("refresh_token"));
    expected.put("refresh_token", List.of(identityToken));
    return expected;
  }

  private boolean mayGet(HttpExchange exchange) {
    String login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    return ("Basic " + login).equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  /** Gives whoever may ask all that is asked for. */
  private String token(String name, String text) {
    List<String> scopes = form(text).getOrDefault("scope", List.of()).stream()
        .flatMap(scope -> List.of(scope.split(" ", -1)).stream())
        .toList();
    return "{\"" + name + "\": \"" + jwt.sign(NAME, user, SERVICE, scopes)
        + "\", \"expires_in\": 300}";
  }

  private static Map<String, List<String>> form(String text) {
    Map<String, List<String>> form = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      form.computeIfAbsent(URLDecoder.decode(parts[0], UTF_8), unused -> new ArrayList<>())
          .add(URLDecoder.decode(parts[1], UTF_8));
    }
    return form;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
