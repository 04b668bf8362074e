/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecLayerTest {
  private static final String ADDRESS = "docker-container://bk";
  private static final String MADE = answer("201 Created", "{\"Id\":\"5e7\"}");
  private static final String STARTED = String.join(
      "\r\n",
      "HTTP/1.1 101 UPGRADED",
      "Content-Type: application/vnd.docker.multiplexed-stream",
      "Connection: Upgrade",
      "Upgrade: tcp",
      "",
      "");

  /** How a server of HTTP/2 begins. */
  private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

  @Test
  void runsBuildctlInTheContainer() throws Exception {
    Handshake handshake = begin();
    assertThat(handshake.sent())
        .startsWith("POST /containers/bk/exec HTTP/1.1\r\nhost: docker\r\n")
        .endsWith("\r\n\r\n{\"AttachStdin\":true,\"AttachStdout\":true,\"AttachStderr\":true,"
            + "\"Cmd\":[\"buildctl\",\"dial-stdio\"]}");

    handshake.receive(MADE);
    assertThat(handshake.sent())
        .startsWith("POST /exec/5e7/start HTTP/1.1\r\n")
        .contains("connection: upgrade\r\nupgrade: tcp\r\n")
        .endsWith("\r\n\r\n{\"Detach\":false,\"Tty\":false}");
    assertThat(handshake.isActive()).isFalse();

    handshake.receive(STARTED);
    assertThat(handshake.isActive()).isTrue();
  }

  @Property(tries = 200)
  void onlyStandardOutputGoesOnHoweverFramesAndPiecesAreCut(
      @ForAll @Size(max = 8) List<@Size(max = 70) byte[]> outputs,
      @ForAll @Size(max = 10) int[] cuts)
      throws Exception {
    Handshake handshake = started();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    stream.writeBytes(frame(1, SETTINGS));
    expected.writeBytes(SETTINGS);
    for (byte[] output : outputs) {
      stream.writeBytes(frame(1, output));
      stream.writeBytes(frame(2, "a warning".getBytes(UTF_8)));
      stream.writeBytes(frame(0, "an echo".getBytes(UTF_8)));
      expected.writeBytes(output);
    }

    Pieces.of(stream.toByteArray(), cuts).forEach(handshake::receive);

    assertThat(handshake.received()).isEqualTo(expected.toByteArray());
    assertThat(handshake.failures()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      404 Not Found | No such container: bk         | NOT_FOUND | the engine has no container bk; start one of moby/buildkit, or name another
      409 Conflict  | container 08 is not running   | FAILED    | the container bk cannot run a command now: container 08 is not running; start it
      500 Oh no     | out of memory                 | FAILED    | the engine answers 500: out of memory
      """)
  void aContainerThatCannotRunIsTold(String status, String body, ErrorCode code, String problem)
      throws Exception {
    Handshake handshake = begin();

    handshake.receive(answer(status, "{\"message\":\"" + body + "\"}"));

    assertThat(handshake.failures())
        .singleElement()
        .isInstanceOfSatisfying(BuildKitException.class, failure -> {
          assertThat(failure.code()).isEqualTo(code);
          assertThat(failure).hasMessage("connect to " + ADDRESS + ": " + problem);
        });
    assertThat(handshake.channel().isOpen()).isFalse();
  }

  @Test
  void aContainerWithoutBuildctlIsTold() throws Exception {
    Handshake handshake = started();

    handshake.receive(frame(
        1,
        ("OCI runtime exec failed: exec failed: unable to start container process: exec: \"buildctl\":"
                + " executable file not found in $PATH\r\n")
            .getBytes(UTF_8)));
    handshake.hangUp();

    assertThat(handshake.received()).isEmpty();
    assertBroken(
        handshake,
        ErrorCode.NOT_FOUND,
        "there is no buildctl in the container bk; name a container of moby/buildkit");
  }

  @Test
  void whatBuildctlComplainsOfIsToldWhenTheConnectionEnds() throws Exception {
    Handshake handshake = started();

    handshake.receive(frame(2, "error: dial unix /run/".getBytes(UTF_8)));
    handshake.receive(frame(2, "buildkit.sock: no such file\n".getBytes(UTF_8)));
    assertThat(handshake.failures()).isEmpty();
    handshake.hangUp();

    assertBroken(
        handshake,
        ErrorCode.UNAVAILABLE,
        "buildctl dial-stdio in the container bk failed: error: dial unix /run/buildkit.sock: no such file");
    assertThat(handshake.isEnded()).isTrue();
  }

  @Test
  void onlyTheEndOfALongComplaintIsKept() throws Exception {
    Handshake handshake = started();

    handshake.receive(frame(1, SETTINGS));
    for (int i = 0; i < 100; i++) {
      handshake.receive(frame(2, ("line " + i + " ".repeat(1_000) + "\n").getBytes(UTF_8)));
    }
    handshake.hangUp();

    assertThat(handshake.failures().get(0).getMessage())
        .startsWith("connect to docker-container://bk: the container bk ended the connection: ")
        .endsWith("line 99")
        .hasSizeBetween(3_000, 4_200);
  }

  @ParameterizedTest
  @ValueSource(bytes = {4, 'H', -1})
  void whatAreNoFramesIsRefused(byte first) throws Exception {
    Handshake handshake = started();

    handshake.receive(new byte[] {first, 0, 0, 0, 0, 0, 0, 1, 0});

    assertBroken(handshake, ErrorCode.UNAVAILABLE, "the engine sends what are no frames of output");
    assertThat(handshake.channel().isOpen()).isFalse();
  }

  private static Handshake begin() throws Exception {
    return Handshake.begin(new ExecLayer(ADDRESS, "bk"));
  }

  private static Handshake started() throws Exception {
    Handshake handshake = begin();
    handshake.receive(MADE);
    handshake.receive(STARTED);
    handshake.sent();
    return handshake;
  }

  private static byte[] frame(int stream, byte[] payload) {
    return ByteBuffer.allocate(8 + payload.length)
        .putInt(stream << 24)
        .putInt(payload.length)
        .put(payload)
        .array();
  }

  private static String answer(String status, String body) {
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  /** Errors of a connection that is there reach those who wait only as errors of HTTP/2. */
  private static void assertBroken(Handshake handshake, ErrorCode code, String problem) {
    assertThat(handshake.failures())
        .singleElement()
        .isInstanceOf(Http2Exception.class)
        .extracting(Throwable::getCause)
        .isInstanceOfSatisfying(BuildKitException.class, failure -> {
          assertThat(failure.code()).isEqualTo(code);
          assertThat(failure).hasMessage("connect to " + ADDRESS + ": " + problem);
        });
  }
}
