/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.buildkit.api.SSHGrpc;
import dev.buildkit.api.SshProto.BytesMessage;
import dev.buildkit.api.SshProto.CheckAgentRequest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plays the daemon on one side, and who listens at the socket on the other. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SshServiceTest {
  @TempDir
  private Path directory;

  private Path path;
  private ServerSocketChannel listener;
  private ServedCalls calls;

  @BeforeEach
  void listen() throws IOException {
    path = directory.resolve("socket");
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(path));
    calls = new ServedCalls(
        SshService.of(Map.of("default", new AgentSocket(path), "raw", new RawSocket(path))));
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    listener.close();
    Files.deleteIfExists(path);
  }

  private StreamObserver<BytesMessage> open(String id, FakeStream<BytesMessage> answers) {
    return SSHGrpc.newStub(calls.with("buildkit.ssh.id", id)).forwardAgent(answers);
  }

  private static BytesMessage message(byte... bytes) {
    return BytesMessage.newBuilder().setData(ByteString.copyFrom(bytes)).build();
  }

  private static void write(SocketChannel socket, byte... bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      socket.write(buffer);
    }
  }

  private static byte[] read(SocketChannel socket, int size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(size);
    while (buffer.hasRemaining() && socket.read(buffer) >= 0) {
      // More may come.
    }
    return buffer.array();
  }

  private static boolean isAtEnd(SocketChannel socket) {
    try {
      return socket.read(ByteBuffer.allocate(1)) < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void rawSocketsPassBytesInBothDirectionsAndEachEndByItself() throws Exception {
    FakeStream<BytesMessage> answers = new FakeStream<>();
    StreamObserver<BytesMessage> process = open("raw", answers);
    try (SocketChannel socket = listener.accept()) {
      write(socket, (byte) 1);
      assertThat(answers.receive()).isEqualTo(message((byte) 1));
      process.onNext(message((byte) 2, (byte) 3));
      assertThat(read(socket, 2)).containsExactly(2, 3);

      process.onCompleted();
      assertThat(isAtEnd(socket)).isTrue();
      write(socket, (byte) 4);
      assertThat(answers.receive()).isEqualTo(message((byte) 4));
    }
    assertThat(answers.status().isOk()).isTrue();
  }

  @Test
  void aListenerThatLeavesEndsTheCall() throws Exception {
    FakeStream<BytesMessage> answers = new FakeStream<>();
    StreamObserver<BytesMessage> process = open("raw", answers);
    listener.accept().close();

    assertThat(answers.status().isOk()).isTrue();
    process.onNext(message((byte) 1));
  }

  @Test
  void aCallThatIsCancelledClosesTheSocketAlsoWhenNobodyReads() throws Exception {
    FakeStream<BytesMessage> answers = new FakeStream<>();
    StreamObserver<BytesMessage> process = open("raw", answers);
    try (SocketChannel socket = listener.accept()) {
      write(socket, (byte) 1);
      assertThat(answers.receive()).isNotNull();
      byte[] much = new byte[1 << 20];
      for (int i = 0; i < 8; i++) {
        process.onNext(message(much)); // which blocks the writer: more than a socket holds
      }

      answers.cancel();

      await().until(() -> read(socket, 1 << 20)[0] == 0 && isAtEnd(socket));
    }
  }

  @Test
  void whatIsNotTakenIsNotRead() throws Exception {
    FakeStream<BytesMessage> answers = new FakeStream<>();
    open("raw", answers);
    try (SocketChannel socket = listener.accept()) {
      socket.configureBlocking(false);
      ByteBuffer chunk = ByteBuffer.allocate(64 * 1024);
      long[] written = {0};
      await().during(Duration.ofMillis(500)).until(() -> {
        long before = written[0];
        int size;
        do {
          size = socket.write(chunk.clear());
          written[0] += size;
        } while (size > 0);
        return written[0] == before;
      });
      assertThat(written[0]).isLessThan(4 << 20);

      long received = 0;
      while (received < written[0]) {
        received += answers.receive().getData().size();
      }
      assertThat(received).isEqualTo(written[0]);
    }
  }

  @Test
  void agentsAreAskedForKeysAndSignaturesAlone() throws Exception {
    FakeStream<BytesMessage> answers = new FakeStream<>();
    StreamObserver<BytesMessage> process = open("", answers);
    try (SocketChannel agent = listener.accept()) {
      byte removeAll = 19;
      // Three requests, in pieces that are cut anywhere.
      process.onNext(message((byte) 0, (byte) 0));
      process.onNext(message(new byte[] {0, 1, removeAll, 0, 0, 0, 1, 11, 0, 0, 0, 2, 13}));
      assertThat(answers.receive()).isEqualTo(message(new byte[] {0, 0, 0, 1, 5}));

      assertThat(read(agent, 5)).containsExactly(0, 0, 0, 1, 11);
      write(agent, new byte[] {0, 0, 0, 2, 12, 7});
      assertThat(answers.receive()).isEqualTo(message(new byte[] {0, 0, 0, 2, 12, 7}));

      process.onNext(message((byte) 9));
      assertThat(read(agent, 6)).containsExactly(0, 0, 0, 2, 13, 9);
      write(agent, new byte[] {0, 0, 0, 1, 14});
      assertThat(answers.receive()).isEqualTo(message(new byte[] {0, 0, 0, 1, 14}));

      process.onCompleted();
      assertThat(answers.status().isOk()).isTrue();
      assertThat(isAtEnd(agent)).isTrue();
    }
  }

  @Test
  void whatIsNoAgentRequestFailsTheCall() throws Exception {
    FakeStream<BytesMessage> answers = new FakeStream<>();
    StreamObserver<BytesMessage> process = open("default", answers);
    try (SocketChannel agent = listener.accept()) {
      process.onNext(BytesMessage.newBuilder()
          .setData(ByteString.copyFrom("GET / HTTP/1.1", UTF_8))
          .build());

      Status status = answers.status();
      assertThat(status.getDescription())
          .isEqualTo("SSH agent: a message of 1195725856 bytes is not of the SSH agent protocol;"
              + " add a socket of another protocol with SshAgents.addSocket");
      assertThat(isAtEnd(agent)).isTrue();
    }
  }

  @Test
  void agentsAreCheckedBeforeAStepBegins() throws Exception {
    var stub = SSHGrpc.newBlockingStub(calls.withoutHeader());
    assertThat(stub.checkAgent(CheckAgentRequest.getDefaultInstance())).isNotNull();
    assertThatThrownBy(
            () -> stub.checkAgent(CheckAgentRequest.newBuilder().setID("other").build()))
        .hasMessageStartingWith("UNKNOWN: SSH agent other: the client offers none of this id, but ")
        .hasMessageEndingWith("; add it to SshAgents");

    listener.close();
    assertThatThrownBy(() -> stub.checkAgent(CheckAgentRequest.getDefaultInstance()))
        .hasMessage(
            "UNKNOWN: SSH agent default: cannot connect to " + path + ": Connection refused");
    FakeStream<BytesMessage> answers = new FakeStream<>();
    open("default", answers);
    assertThat(answers.status().getDescription()).contains("Connection refused");
  }
}
