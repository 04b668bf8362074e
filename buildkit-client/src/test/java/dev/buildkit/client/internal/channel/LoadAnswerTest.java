/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LoadAnswerTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final LoadAnswer answer = new LoadAnswer();
  private final EmbeddedChannel channel = new EmbeddedChannel(new HttpResponseDecoder(), answer);

  @Test
  void nothingIsLoadedBeforeTheAnswerHasEnded() {
    receive(OK + chunk("{\"stream\":\"Loaded image: a\\n\"}\r\n"));
    assertThat(answer.end()).isNotDone();

    receive(chunk(""));
    assertThat(answer.end()).isCompleted();
  }

  @Property(tries = 100)
  void anErrorIsFoundHoweverTheAnswerIsCut(@ForAll @Size(max = 8) int[] cuts) {
    LoadAnswerTest each = new LoadAnswerTest();
    String stream = OK
        + chunk("{\"status\":\"x\"}\r\n{\"errorDetail\":{\"message\":\"no sp")
        + chunk("ace\"},\"error\":\"no space\"}\r\n{\"status\":\"y\"}")
        + chunk("");

    Pieces.of(stream.getBytes(UTF_8), cuts).forEach(each::receive);

    assertThatThrownBy(() -> each.answer.end().join())
        .hasRootCauseMessage("the engine cannot load the image: no space");
  }

  @Test
  void aRefusalIsTold() {
    receive("HTTP/1.1 500 Oh\r\nContent-Length: 21\r\n\r\n{\"message\":\"archive\"}");

    assertThatThrownBy(() -> answer.end().join())
        .hasRootCauseMessage("the engine answers 500: archive");
  }

  @Test
  void whatIsNoEngineIsTold() {
    receive("SSH-2.0-OpenSSH\r\n\r\n");

    assertThatThrownBy(() -> answer.end().join())
        .hasRootCauseMessage("what answers there is no Docker Engine");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void anEngineThatHangsUpIsTold() {
    receive(OK);
    var unused = channel.close();

    assertThatThrownBy(() -> answer.end().join())
        .hasRootCauseMessage("the engine ended the connection");
  }

  private void receive(String text) {
    receive(text.getBytes(UTF_8));
  }

  private void receive(byte[] bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes));
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }
}
