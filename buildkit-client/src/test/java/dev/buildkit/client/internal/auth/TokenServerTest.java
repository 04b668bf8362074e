/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import static dev.buildkit.client.internal.auth.LocalServer.redirect;
import static dev.buildkit.client.internal.auth.LocalServer.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import dev.buildkit.api.AuthProto.FetchTokenRequest;
import dev.buildkit.api.AuthProto.FetchTokenResponse;
import dev.buildkit.client.internal.auth.LocalServer.Answer;
import dev.buildkit.client.internal.auth.LocalServer.Asked;
import dev.buildkit.client.internal.docker.AuthConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.PasswordAuthentication;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenServerTest {
  private static final AuthConfig LOGIN = AuthConfig.password("me", "p&w");
  private static final AuthConfig IDENTITY = new AuthConfig("", "", "id=", "");

  /** The text {@code me:p&w}. */
  private static final String BASIC = "Basic bWU6cCZ3";

  private static final String QUERY =
      "?service=registry.example.com&scope=repository%3Aa%3Apull&scope=repository%3Ab%3Apull%2Cpush";

  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final List<Duration> waits = new ArrayList<>();
  private final Pause pause = waits::add;

  @Test
  void aPasswordIsPosted() throws IOException {
    try (LocalServer server = new LocalServer(TokenServerTest::accessToken)) {
      FetchTokenResponse token = fetch(server, LOGIN);

      assertThat(token)
          .isEqualTo(FetchTokenResponse.newBuilder()
              .setToken("oauth")
              .setExpiresIn(300)
              .setIssuedAt(1767225600)
              .build());
      assertThat(server.asked())
          .containsExactly(new Asked(
              "POST",
              "/token",
              "",
              "grant_type=password&username=me&password=p%26w&service=registry.example.com"
                  + "&client_id=buildkit-client"
                  + "&scope=repository%3Aa%3Apull+repository%3Ab%3Apull%2Cpush"));
    }
  }

  @Test
  void anIdentityTokenIsPostedAsRefreshToken() throws IOException {
    try (LocalServer server = new LocalServer(TokenServerTest::accessToken)) {
      assertThat(fetch(server, IDENTITY).getToken()).isEqualTo("oauth");
      assertThat(server.asked().get(0).body())
          .startsWith("grant_type=refresh_token&refresh_token=id%3D&service=");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 405})
  void aServerThatKnowsNoOauthIsAskedInTheOlderWay(int status) throws IOException {
    try (LocalServer server = new LocalServer(exchange -> {
      if (exchange.getRequestMethod().equals("POST")) {
        send(exchange, status, "no");
      } else {
        send(exchange, 200, "{\"token\": \"older\"}");
      }
    })) {
      FetchTokenResponse token = fetch(server, LOGIN);

      assertThat(token.getToken()).isEqualTo("older");
      assertThat(token.getExpiresIn()).isEqualTo(60);
      assertThat(token.getIssuedAt()).isZero();
      assertThat(server.asked().get(1)).isEqualTo(new Asked("GET", "/token" + QUERY, BASIC, ""));
    }
  }

  @Test
  void withoutCredentialsNobodyIsNamed() throws IOException {
    try (LocalServer server = new LocalServer(TokenServerTest::accessToken)) {
      assertThat(fetch(server, AuthConfig.EMPTY).getToken()).isEqualTo("oauth");
      assertThat(server.asked()).containsExactly(new Asked("GET", "/token" + QUERY, "", ""));
    }
  }

  @Test
  void theQueryOfTheRealmIsKept() throws IOException {
    try (LocalServer server = new LocalServer(TokenServerTest::accessToken)) {
      var unused = server(server.address() + "/token?tenant=1#x").fetch(AuthConfig.EMPTY);

      assertThat(server.asked().get(0).uri()).startsWith("/token?tenant=1&service=");
    }
  }

  @Test
  void refusedCredentialsAreAnErrorThatDoesNotTellThem() throws IOException {
    try (LocalServer server = new LocalServer(exchange -> send(exchange, 401, "p&w is wrong"))) {
      assertThatThrownBy(() -> fetch(server, LOGIN))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("fetch a token for registry.example.com from " + server.address()
              + "/token: it answers 401 Unauthorized");
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      s3cr3t                                | its answer is not JSON, see line 1, column
      ["s3cr3t"]                            | its answer is not as it should be: it is not a JSON object
      {"token": 7}                          | its answer has a token that is not a text
      {"secret": "s3cr3t"}                  | its answer has no token
      {"token": "s3cr3t", "expires_in": "x"}| its answer has a expires_in that is not a whole number
      """)
  void nonsenseIsAnErrorThatDoesNotQuoteIt(String body, String wrong) throws IOException {
    try (LocalServer server = new LocalServer(exchange -> send(exchange, 200, body))) {
      Throwable failure = catchThrowable(() -> fetch(server, LOGIN));

      assertThat(failure).hasMessageContaining(wrong).hasNoCause();
      assertThat(failure.getMessage()).doesNotContain("s3cr3t");
    }
  }

  @Test
  void anEndlessAnswerIsCutOff() throws IOException {
    try (LocalServer server = new LocalServer(TokenServerTest::sendWithoutEnd)) {
      assertThatThrownBy(() -> fetch(server, LOGIN))
          .hasMessageContaining("the answer has more than 1048576 bytes");
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsLeftAtTheEnd() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (LocalServer server = new LocalServer(exchange -> {
      asked.countDown();
      awaitQuietly(done);
    })) {
      CompletableFuture<Throwable> failure =
          CompletableFuture.supplyAsync(() -> catchThrowable(() -> fetch(server, LOGIN)));
      assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

      end.complete(null);

      assertThat(failure.get(1, TimeUnit.MINUTES)).hasMessageContaining("no answer in time");
      done.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 599})
  void aServerWithATemporaryProblemIsAskedAgain(int status) throws IOException {
    try (LocalServer server = new LocalServer(after(3, exchange -> send(exchange, status, "")))) {
      assertThat(fetch(server, LOGIN).getToken()).isEqualTo("oauth");
      assertThat(server.asked()).hasSize(4).allMatch(server.asked().get(0)::equals);
      assertThat(waits)
          .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }
  }

  @Test
  void theFourthAttemptIsTheLast() throws IOException {
    try (LocalServer server = new LocalServer(exchange -> send(exchange, 502, ""))) {
      assertThatThrownBy(() -> fetch(server, LOGIN))
          .hasMessageEndingWith(": it answers 502 Bad Gateway");
      assertThat(server.asked()).hasSize(4);
    }
  }

  @Test
  void theOlderWayIsTriedAgainByItself() throws IOException {
    Answer failing = after(1, exchange -> send(exchange, 500, ""));
    try (LocalServer server = new LocalServer(exchange -> {
      if (exchange.getRequestMethod().equals("POST")) {
        send(exchange, 404, "");
      } else {
        failing.to(exchange);
      }
    })) {
      assertThat(fetch(server, LOGIN).getToken()).isEqualTo("oauth");
      assertThat(server.asked()).extracting(Asked::method).containsExactly("POST", "GET", "GET");
      assertThat(waits).containsExactly(Duration.ofSeconds(1));
    }
  }

  @Test
  void withoutCredentialsThereAreSeveralAttemptsToo() throws IOException {
    try (LocalServer server = new LocalServer(after(2, exchange -> send(exchange, 503, "")))) {
      assertThat(fetch(server, AuthConfig.EMPTY).getToken()).isEqualTo("oauth");
      assertThat(server.asked()).hasSize(3);
    }
  }

  @Test
  void aConnectionThatIsCutOffIsMadeAgain() throws IOException {
    try (LocalServer server = new LocalServer(after(1, HttpExchange::close))) {
      assertThat(fetch(server, LOGIN).getToken()).isEqualTo("oauth");
      assertThat(server.asked()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void anAnswerThatIsCutOffIsAskedForAgain(int length) throws IOException {
    Answer half = exchange -> {
      exchange.sendResponseHeaders(200, length);
      exchange.getResponseBody().write("{\"access_".getBytes(UTF_8));
      exchange.getResponseBody().flush();
      // Else the JDK's server completes the answer.
      throw new IOException("cut off");
    };
    try (LocalServer server = new LocalServer(after(1, half))) {
      assertThat(fetch(server, LOGIN).getToken()).isEqualTo("oauth");
    }
  }

  @Test
  void aConnectionThatIsResetIsMadeAgain() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      new Thread(() -> resetAll(server)).start();

      assertThatThrownBy(
              () -> server("http://127.0.0.1:" + server.getLocalPort() + "/").fetch(LOGIN))
          // While it reads the answer, or while it writes the request.
          .hasMessageMatching("(?s).*(SocketException|Error writing to server).*");

      assertThat(waits).hasSize(3);
    }
  }

  /** Resets each connection, however often the JDK connects by itself, until the server is closed. */
  private static void resetAll(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        // The server is closed, or the client was faster.
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 429})
  void refusalsAreFinal(int status) throws IOException {
    try (LocalServer server = new LocalServer(exchange -> send(exchange, status, ""))) {
      assertThatThrownBy(() -> fetch(server, AuthConfig.EMPTY))
          .hasMessageContaining("it answers " + status);
      assertThat(waits).isEmpty();
    }
  }

  @Test
  void aRefusedConnectionIsFinal() {
    assertThatThrownBy(() -> server("http://127.0.0.1:1/token").fetch(LOGIN))
        .hasMessageContaining("ConnectException");
    assertThat(waits).isEmpty();
  }

  @Test
  void theEndOfTheTaskEndsAPause() throws Exception {
    CompletableFuture<Boolean> goesOn =
        CompletableFuture.supplyAsync(() -> Pause.within(end).await(Duration.ofDays(1)));

    end.complete(null);

    assertThat(goesOn.get(1, TimeUnit.MINUTES)).isFalse();
    assertThat(Pause.within(new CompletableFuture<>()).await(Duration.ofNanos(1)))
        .isTrue();
  }

  /** Returns what fails a number of times and then has a token. */
  private static Answer after(int failures, Answer failure) {
    AtomicInteger left = new AtomicInteger(failures);
    return exchange ->
        (left.getAndDecrement() > 0 ? failure : (Answer) TokenServerTest::accessToken).to(exchange);
  }

  @Test
  void redirectsOnTheSameServerAreFollowed() throws IOException {
    try (LocalServer server = new LocalServer(exchange -> {
      if (exchange.getRequestURI().getPath().equals("/token")) {
        redirect(exchange, 307, "/v2/token");
      } else {
        accessToken(exchange);
      }
    })) {
      assertThat(fetch(server, LOGIN).getToken()).isEqualTo("oauth");
      assertThat(server.asked().get(1).uri()).isEqualTo("/v2/token");
      assertThat(server.asked().get(1).body()).isEqualTo(server.asked().get(0).body());
    }
  }

  @Test
  void endlessRedirectsAreCutOff() throws IOException {
    try (LocalServer server = new LocalServer(exchange -> redirect(exchange, 307, "/token"))) {
      assertThatThrownBy(() -> fetch(server, LOGIN)).hasMessageContaining("more than 5 redirects");
    }
  }

  @Test
  void aPasswordIsNotPostedToAnotherServer() throws IOException {
    try (LocalServer other = new LocalServer(TokenServerTest::accessToken);
        LocalServer server =
            new LocalServer(exchange -> redirect(exchange, 308, other.address() + "/token"))) {
      assertThatThrownBy(() -> fetch(server, LOGIN))
          .hasMessageContaining("a redirect leads to another server");
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void anAuthorizationIsNotSentToAnotherServer() throws IOException {
    try (LocalServer other = new LocalServer(TokenServerTest::accessToken);
        LocalServer server = new LocalServer(exchange -> {
          if (exchange.getRequestMethod().equals("POST")) {
            send(exchange, 404, "");
          } else {
            redirect(exchange, 302, other.address() + "/token");
          }
        })) {
      assertThat(fetch(server, LOGIN).getToken()).isEqualTo("oauth");
      assertThat(server.asked().get(1).authorization()).isEqualTo(BASIC);
      assertThat(other.asked()).containsExactly(new Asked("GET", "/token", "", ""));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "token", "file:///etc/passwd", "ftp://example.com", "http:///x", "::"})
  void onlyHttpIsAsked(String realm) {
    assertThatThrownBy(() -> server(realm))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("fetch a token for registry.example.com: the registry names no http address of"
            + " a token server");
  }

  @Test
  void aRedirectToAFileIsRefused() throws IOException {
    try (LocalServer server =
        new LocalServer(exchange -> redirect(exchange, 302, "file:///etc/passwd"))) {
      assertThatThrownBy(() -> fetch(server, AuthConfig.EMPTY))
          .hasMessageContaining("a redirect leads to another server");
    }
  }

  @Test
  void theApplicationsAuthenticatorIsNotAsked() throws IOException {
    Authenticator.setDefault(new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication("app", "secret".toCharArray());
      }
    });
    try (LocalServer server = new LocalServer(exchange -> {
      exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
      send(exchange, 401, "");
    })) {
      assertThatThrownBy(() -> fetch(server, AuthConfig.EMPTY)).hasMessageContaining("401");
      assertThat(server.asked()).extracting(Asked::authorization).containsExactly("");
    } finally {
      Authenticator.setDefault(null);
    }
  }

  private FetchTokenResponse fetch(LocalServer server, AuthConfig login) {
    return server(server.address() + "/token").fetch(login);
  }

  private TokenServer server(String realm) {
    FetchTokenRequest request = FetchTokenRequest.newBuilder()
        .setClientID("buildkit-client")
        .setHost("registry.example.com")
        .setRealm(realm)
        .setService("registry.example.com")
        .addScopes("repository:a:pull")
        .addScopes("repository:b:pull,push")
        .build();
    HttpClient http = new HttpClient(Optional.empty(), end, Duration.ofHours(1));
    return new TokenServer(request, new RetryingClient(http, pause));
  }

  private static void accessToken(HttpExchange exchange) throws IOException {
    send(exchange, 200, """
        {"access_token": "oauth", "expires_in": 300, "issued_at": "2026-01-01T00:00:00Z"}
        """);
  }

  private static void sendWithoutEnd(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      while (true) {
        body.write(new byte[64 * 1024]);
      }
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      var unused = latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
