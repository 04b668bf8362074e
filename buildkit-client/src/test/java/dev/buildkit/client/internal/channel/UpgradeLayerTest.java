/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpgradeLayerTest {
  private static final String ADDRESS = "docker://?host=unix:///d.sock";
  private static final String SWITCHED =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";

  @Test
  void asksForHttp2WithoutABody() throws Exception {
    Handshake handshake = begin();

    assertThat(handshake.sent())
        .isEqualTo(
            "POST /grpc HTTP/1.1\r\nhost: docker\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n");
    assertThat(handshake.isActive()).isFalse();
  }

  @Test
  void leavesNothingBehindOnceTheEngineHasSwitched() throws Exception {
    Handshake handshake = begin();
    handshake.sent();
    int before = handshake.channel().pipeline().names().size();

    handshake.receive(SWITCHED);

    assertThat(handshake.isActive()).isTrue();
    assertThat(handshake.channel().pipeline().names()).hasSize(before - 4);
    handshake.send("PRI");
    assertThat(handshake.sent()).isEqualTo("PRI");
    handshake.receive("HTTP/1.1 in HTTP/2");
    assertThat(new String(handshake.received(), UTF_8)).isEqualTo("HTTP/1.1 in HTTP/2");
    assertThat(handshake.channel().hasPendingTasks()).isFalse();
  }

  @Property(tries = 200)
  void noByteOfHttp2IsLostHoweverTheStreamIsCut(
      @ForAll @Size(max = 300) byte[] after, @ForAll @Size(max = 6) int[] cuts) throws Exception {
    Handshake handshake = begin();
    byte[] head = SWITCHED.getBytes(UTF_8);
    byte[] stream = Arrays.copyOf(head, head.length + after.length);
    System.arraycopy(after, 0, stream, head.length, after.length);

    Pieces.of(stream, cuts).forEach(handshake::receive);

    assertThat(handshake.isActive()).isTrue();
    assertThat(handshake.received()).isEqualTo(after);
    assertThat(handshake.failures()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      403 Forbidden             | Administrative rules forbid it | DENIED      | the engine answers 403: Administrative rules forbid it
      400 Bad Request           | {"message":"no upgrade"}       | INVALID     | the engine answers 400: no upgrade
      503 Service Unavailable   | ''                             | UNAVAILABLE | the engine answers 503: Service Unavailable
      200 OK                    | hello                          | FAILED      | the engine answers 200: hello
      """)
  void anyOtherAnswerIsTold(String status, String body, ErrorCode code, String problem)
      throws Exception {
    Handshake handshake = begin();

    handshake.receive(answer(status, body));

    assertFailed(handshake, code, problem);
  }

  @Test
  void aLongAnswerIsCut() throws Exception {
    Handshake handshake = begin();

    handshake.receive(answer("500 Internal Server Error", "x".repeat(5_000)));

    assertFailed(handshake, ErrorCode.FAILED, "the engine answers 500: " + "x".repeat(300) + "…");
  }

  @Test
  void anEngineThatHasLostTheRequestIsSpokenToInHttp2AtOnce() throws Exception {
    UpgradeLayer layer = new UpgradeLayer(ADDRESS);
    Handshake first = Handshake.begin(layer);

    first.receive(answer("404 Not Found", "{\"message\":\"page not found\"}"));

    assertThat(first.failures())
        .singleElement()
        .isInstanceOf(OtherDoorException.class)
        .extracting(Throwable::getMessage)
        .isEqualTo("connect to " + ADDRESS + ": the engine has no /grpc");
    Handshake second = Handshake.begin(layer);
    assertThat(second.isActive()).isTrue();
    assertThat(second.sent()).isEmpty();
  }

  @Test
  void whatDoesNotSpeakHttpIsNoEngine() throws Exception {
    Handshake handshake = begin();

    handshake.receive("SSH-2.0-OpenSSH_9.2\r\n\r\n");

    assertFailed(
        handshake,
        ErrorCode.UNAVAILABLE,
        "what answers there is no Docker Engine; correct the address");
  }

  @Test
  void anEngineThatHangsUpIsTold() throws Exception {
    Handshake handshake = begin();

    handshake.hangUp();

    assertFailed(handshake, ErrorCode.UNAVAILABLE, "the engine ended the connection");
  }

  @Test
  void anEngineThatDoesNotAnswerIsGivenUp() throws Exception {
    Handshake handshake = begin();
    int limit = handshake.channel().config().getConnectTimeoutMillis();

    handshake.channel().advanceTimeBy(limit, TimeUnit.MILLISECONDS);
    handshake.channel().runScheduledPendingTasks();

    assertFailed(
        handshake, ErrorCode.TIMED_OUT, "the engine did not answer within " + limit + " ms");
  }

  private static Handshake begin() throws Exception {
    return Handshake.begin(new UpgradeLayer(ADDRESS));
  }

  private static String answer(String status, String body) {
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static void assertFailed(Handshake handshake, ErrorCode code, String problem) {
    assertThat(handshake.failures())
        .singleElement()
        .isInstanceOfSatisfying(BuildKitException.class, failure -> {
          assertThat(failure.code()).isEqualTo(code);
          assertThat(failure).hasMessage("connect to " + ADDRESS + ": " + problem);
        });
    assertThat(handshake.channel().isOpen()).isFalse();
    assertThat(handshake.isActive()).isFalse();
  }
}
