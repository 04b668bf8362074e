/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.buildkit.api.FileSendGrpc;
import dev.buildkit.api.FileSyncProto.BytesMessage;
import dev.buildkit.api.HealthGrpc;
import dev.buildkit.api.HealthProto.HealthCheckRequest;
import dev.buildkit.api.HealthProto.HealthCheckResponse.ServingStatus;
import dev.buildkit.client.internal.channel.FakeDaemon.CalledBack;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class SessionTunnelTest {
  @RegisterExtension
  static final NettyLeaks LEAKS = new NettyLeaks();

  private final FakeDaemon daemon = new FakeDaemon();
  private final PipedGrpc grpc = PipedGrpc.serving(daemon.service());

  @AfterEach
  void closeConnection() {
    grpc.close();
  }

  @Test
  void headersIntroduceTheSession() throws Exception {
    try (SessionTunnel tunnel = tunnel()
        .addServices(List.of(new Echo.Stream().bindService()))
        .sharedKey("key of mine")
        .healthTimeout(Duration.ofMillis(2_500))
        .open()) {
      daemon.nextSession().ignore();
      Metadata headers = daemon.nextHeaders();

      assertThat(values(headers, "x-docker-expose-session-uuid")).containsExactly("id1");
      assertThat(values(headers, "x-docker-expose-session-sharedkey"))
          .containsExactly("key of mine");
      assertThat(values(headers, "x-docker-expose-session-sharedkey-encoded")).isEmpty();
      assertThat(values(headers, "x-docker-expose-session-grpc-method"))
          .containsExactlyInAnyOrder(
              "/grpc.health.v1.Health/Check",
              "/grpc.health.v1.Health/List",
              "/grpc.health.v1.Health/Watch",
              "/moby.filesync.v1.FileSend/DiffCopy");
      assertThat(values(headers, "x-buildkit-session-health-custom-timeout"))
          .containsExactly("2500");
      assertThat(tunnel.ended()).isNotDone();
    }
  }

  /** The texts on the right are those of Go's {@code url.QueryEscape}. */
  @ParameterizedTest
  @CsvSource({
    "/home/jürgen/a b*~, %2Fhome%2Fj%C3%BCrgen%2Fa+b%2A~",
    "ключ, %D0%BA%D0%BB%D1%8E%D1%87",
    "'a\nb+', a%0Ab%2B",
    "'\u007f', %7F",
    "\uD83D\uDE00, %F0%9F%98%80"
  })
  void aKeyOutsideOfAsciiIsEncoded(String key, String encoded) throws Exception {
    try (SessionTunnel tunnel = tunnel().sharedKey(key).open()) {
      daemon.nextSession().ignore();
      Metadata headers = daemon.nextHeaders();

      assertThat(values(headers, "x-docker-expose-session-sharedkey")).containsExactly(encoded);
      assertThat(values(headers, "x-docker-expose-session-sharedkey-encoded")).containsExactly("1");
      assertThat(tunnel.ended()).isNotDone();
    }
  }

  @Test
  void theKeyIsSentEmptyAndTheTimeoutNotAtAllByDefault() throws Exception {
    try (SessionTunnel tunnel = tunnel().open()) {
      daemon.nextSession().ignore();
      Metadata headers = daemon.nextHeaders();

      assertThat(values(headers, "x-docker-expose-session-sharedkey")).containsExactly("");
      assertThat(headers.keys()).doesNotContain("x-buildkit-session-health-custom-timeout");
      assertThat(tunnel.ended()).isNotDone();
    }
  }

  @Test
  void theDaemonCallsServices() throws Exception {
    ByteString large = ByteString.copyFrom(randomBytes(12 << 20));
    try (SessionTunnel tunnel =
        tunnel().addService(new Echo.Stream().bindService()).open()) {
      ManagedChannel client = daemon.nextSession().connect(grpc.serverThreads());
      assertThat(check(client)).isEqualTo(ServingStatus.SERVING);
      tunnel.connected().get();

      assertThat(echo(client, large).equals(large)).isTrue();
      client.shutdownNow();
    }
  }

  @Test
  void aSessionIsConnectedWhenTheDaemonSpeaks() throws Exception {
    try (SessionTunnel tunnel = tunnel().open()) {
      CalledBack session = daemon.nextSession();
      session.ignore();
      session.send(ByteString.EMPTY);
      assertThatThrownBy(() -> tunnel.connected().get(100, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);

      session.send(ByteString.copyFromUtf8("PRI"));

      tunnel.connected().get();
      assertThat(tunnel.ended()).isNotDone();
    }
  }

  @Test
  void closingEndsTheSessionNormally() throws Exception {
    SessionTunnel tunnel = tunnel().open();
    CalledBack session = daemon.nextSession();
    ManagedChannel client = session.connect(grpc.serverThreads());
    check(client);

    tunnel.close();

    assertThat(tunnel.ended()).isCompleted();
    assertThat(tunnel.connected()).isCompleted();
    session.halfClosed().get();
    tunnel.close();
    client.shutdownNow();
  }

  @Test
  void closingCancelsWhatRuns() throws Exception {
    SessionTunnel tunnel = tunnel().addService(new Echo.Stream().bindService()).open();
    ManagedChannel client = daemon.nextSession().connect(grpc.serverThreads());
    CompletableFuture<ByteString> answer = new CompletableFuture<>();
    StreamObserver<BytesMessage> call = FileSendGrpc.newStub(client).diffCopy(new Last(answer));
    call.onNext(BytesMessage.getDefaultInstance());
    tunnel.connected().get();

    tunnel.close();

    assertThatThrownBy(() -> answer.get()).isInstanceOf(ExecutionException.class);
    client.shutdownNow();
  }

  @Test
  void closingBeforeTheDaemonSpeaksFailsWhoWaitsForIt() throws Exception {
    SessionTunnel tunnel = tunnel().open();
    daemon.nextSession().ignore();

    tunnel.close();

    assertFails(tunnel.connected(), Status.Code.CANCELLED, "the session was closed");
    assertThat(tunnel.ended()).isCompleted();
  }

  @Test
  void aDaemonThatDoesNotEndItsSideIsLeft() throws Exception {
    SessionTunnel tunnel = tunnel().open();
    CalledBack session = daemon.nextSession();
    session.hang();
    long start = System.nanoTime();

    tunnel.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(tunnel.ended()).isCompleted();
  }

  @Test
  void anInterruptShortensTheClose() throws Exception {
    SessionTunnel tunnel = tunnel().open();
    daemon.nextSession().hang();

    Thread.currentThread().interrupt();
    tunnel.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(tunnel.ended()).isCompleted();
  }

  @Test
  void theThreadThatMovesBytesMustNotClose() throws Exception {
    try (SessionTunnel tunnel = tunnel().open()) {
      daemon.nextSession().ignore();
      CompletableFuture<Void> close =
          CompletableFuture.runAsync(tunnel::close, grpc.clientThreads().io());

      assertThatThrownBy(close::get)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("close a session: its own thread cannot wait for itself;"
              + " close it from another thread");
    }
  }

  @Test
  void aDaemonThatEndsTheSessionIsNamed() throws Exception {
    try (SessionTunnel tunnel = tunnel().open()) {
      CalledBack session = daemon.nextSession();
      session.send(ByteString.copyFromUtf8("PRI"));

      session.end();

      assertFails(tunnel.ended(), Status.Code.UNAVAILABLE, "the daemon ended the session");
      assertThat(tunnel.connected()).isCompleted();
    }
  }

  @Test
  void aDaemonThatFailsSaysWhy() throws Exception {
    try (SessionTunnel tunnel = tunnel().open()) {
      daemon.nextSession().fail(Status.INTERNAL.withDescription("no room").asException());

      assertFails(tunnel.ended(), Status.Code.INTERNAL, "no room");
      assertFails(tunnel.connected(), Status.Code.INTERNAL, "no room");
    }
  }

  @Test
  void theEndOfTheConnectionEndsTheSession() throws Exception {
    try (SessionTunnel tunnel = tunnel().open()) {
      ManagedChannel client = daemon.nextSession().connect(grpc.serverThreads());
      check(client);

      grpc.serverEnd().close();

      assertThatThrownBy(() -> tunnel.ended().get())
          .cause()
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
      client.shutdownNow();
    }
  }

  @Test
  void bytesThatAreNoConnectionEndTheSession() throws Exception {
    try (SessionTunnel tunnel = tunnel().open()) {
      CalledBack session = daemon.nextSession();

      session.send(ByteString.copyFrom(randomBytes(1_000)));

      session.ignore();
      session.halfClosed().get();
      assertFails(tunnel.ended(), Status.Code.UNAVAILABLE, "the daemon ended the session");
    }
  }

  @Test
  void callsRunOnTheGivenExecutor() throws Exception {
    CompletableFuture<String> thread = new CompletableFuture<>();
    try (SessionTunnel tunnel = tunnel()
        .executor(task -> grpc.clientThreads().workers().execute(() -> {
          thread.complete(Thread.currentThread().getName());
          task.run();
        }))
        .open()) {
      ManagedChannel client = daemon.nextSession().connect(grpc.serverThreads());
      check(client);

      assertThat(thread.get()).startsWith("buildkit-worker-");
      assertThat(tunnel.connected().thenApply(ignored -> true).get()).isTrue();
      client.shutdownNow();
    }
  }

  @Test
  void futuresCompleteWhereWaitersMayBlock() throws Exception {
    try (SessionTunnel tunnel = tunnel().open()) {
      CompletableFuture<String> thread =
          tunnel.ended().handle((ignored, cause) -> Thread.currentThread().getName());

      daemon.nextSession().end();

      assertThat(thread.get()).startsWith("buildkit-worker-");
    }
  }

  @Test
  void aDaemonThatDoesNotReadStopsTheSender() throws Exception {
    Flood flood = new Flood();
    try (SessionTunnel tunnel = tunnel().addService(flood.bindService()).open()) {
      CalledBack session = daemon.nextSession();
      ManagedChannel client = session.connect(grpc.serverThreads());
      check(client);
      StreamObserver<BytesMessage> call =
          FileSendGrpc.newStub(client).diffCopy(new Last(new CompletableFuture<>()));
      await().until(() -> flood.sentBytes.get() > (8 << 20));

      grpc.serverEnd().stall(true);
      await().until(() -> grpc.serverEnd().waitingBytes() >= MemoryPipe.CAPACITY);
      long before = flood.sentBytes.get();

      await()
          .during(200, TimeUnit.MILLISECONDS)
          .until(() -> flood.sentBytes.get() - before < (8 << 20));
      grpc.serverEnd().stall(false);
      await().until(() -> flood.sentBytes.get() - before > (16 << 20));
      call.onError(new InterruptedException());
      client.shutdownNow();
      assertThat(tunnel.ended()).isNotDone();
    }
  }

  @Test
  void wrongSettingsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tunnel().healthTimeout(Duration.ofMillis(999)))
        .withMessage("healthTimeout must be at least PT1S, but was: PT0.999S");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            SessionTunnel.builder(grpc.channel(), grpc.clientThreads(), "a:b").open())
        .withMessage("session id 'a:b': daemons drop what stands before a colon; use none");
  }

  @Test
  void aClosedClientOpensNoSession() {
    grpc.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> tunnel().open())
        .withMessage("open a session: the client is closed");
  }

  private SessionTunnel.Builder tunnel() {
    return SessionTunnel.builder(grpc.channel(), grpc.clientThreads(), "id1")
        .addService(new Echo.Health().bindService());
  }

  private static ServingStatus check(ManagedChannel client) {
    return HealthGrpc.newBlockingStub(client)
        .withDeadlineAfter(60, TimeUnit.SECONDS)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  private static ByteString echo(ManagedChannel client, ByteString bytes) throws Exception {
    CompletableFuture<ByteString> answer = new CompletableFuture<>();
    StreamObserver<BytesMessage> call = FileSendGrpc.newStub(client).diffCopy(new Last(answer));
    call.onNext(BytesMessage.newBuilder().setData(bytes).build());
    call.onCompleted();
    return answer.get();
  }

  private static void assertFails(
      CompletableFuture<Void> future, Status.Code code, String description) {
    assertThatThrownBy(() -> future.get())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
          assertThat(e.getStatus().getCode()).isEqualTo(code);
          assertThat(e.getStatus().getDescription()).isEqualTo(description);
        });
  }

  private static Iterable<String> values(Metadata headers, String key) {
    Iterable<String> values =
        headers.getAll(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER));
    return values == null ? List.of() : values;
  }

  private static byte[] randomBytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  /** Sends as much as the call takes. */
  private static final class Flood extends FileSendGrpc.FileSendImplBase {
    private final BytesMessage message = BytesMessage.newBuilder()
        .setData(ByteString.copyFrom(new byte[256 << 10]))
        .build();
    private final AtomicLong sentBytes = new AtomicLong();

    @Override
    public StreamObserver<BytesMessage> diffCopy(StreamObserver<BytesMessage> answers) {
      ServerCallStreamObserver<BytesMessage> call =
          (ServerCallStreamObserver<BytesMessage>) answers;
      call.setOnCancelHandler(() -> {});
      call.setOnReadyHandler(() -> {
        while (call.isReady()) {
          call.onNext(message);
          sentBytes.addAndGet(message.getData().size());
        }
      });
      return new Last(new CompletableFuture<>());
    }
  }
}
