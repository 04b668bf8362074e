/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.buildkit.api.ControlGrpc;
import dev.buildkit.api.ControlProto.StatusRequest;
import dev.buildkit.api.ControlProto.StatusResponse;
import dev.buildkit.api.ControlProto.VertexLog;
import dev.buildkit.api.FileSendGrpc;
import dev.buildkit.api.FileSyncProto.BytesMessage;
import dev.buildkit.api.HealthGrpc;
import dev.buildkit.api.HealthProto.HealthCheckRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class PipeChannelTest {
  private static final StatusRequest FOLLOW = StatusRequest.getDefaultInstance();

  @RegisterExtension
  static final NettyLeaks LEAKS = new NettyLeaks();

  /** What waits behind a full pipe, Netty gathers in more buffers than it can list for one write. */
  @Test
  void thousandsOfSmallMessagesInOneFlushArriveIntact() throws Exception {
    int count = 20_000;
    CompletableFuture<PipedGrpc> pipe = new CompletableFuture<>();
    ControlGrpc.ControlImplBase sender = new ControlGrpc.ControlImplBase() {
      @Override
      public void status(StatusRequest request, StreamObserver<StatusResponse> answers) {
        MemoryPipe reader = pipe.join().clientEnd();
        reader.stall(true);
        answers.onNext(log(0, 2 * MemoryPipe.CAPACITY));
        for (int i = 1; i < count; i++) {
          answers.onNext(mostlyEmpty(i));
        }
        answers.onCompleted();
        reader.stall(false);
      }
    };
    try (PipedGrpc grpc = PipedGrpc.serving(sender)) {
      pipe.complete(grpc);
      Iterator<StatusResponse> answers =
          ControlGrpc.newBlockingStub(grpc.channel()).status(FOLLOW);
      assertThat(answers.next().getLogs(0).getMsg().size()).isEqualTo(2 * MemoryPipe.CAPACITY);
      for (int i = 1; i < count; i++) {
        assertThat(answers.next()).isEqualTo(mostlyEmpty(i));
      }
      assertThat(answers.hasNext()).isFalse();
      assertThat(grpc.clientEnd().chunkSizes())
          .allMatch(size -> size <= PipeBatch.MAX_BYTES)
          .hasSizeLessThan(count / 10);
    }
  }

  @Test
  void largeMessagesArriveIntactBothWays() throws Exception {
    ByteString large = randomBytes(15 << 20);
    try (PipedGrpc grpc = PipedGrpc.serving(new Echo.Stream())) {
      assertThat(echo(grpc, large).equals(large)).isTrue();
      assertThat(grpc.clientEnd().chunkSizes()).contains(PipeBatch.MAX_BYTES);
    }
  }

  @Test
  void thousandsOfStreamsPassThroughOnePipe() throws Exception {
    int count = 12_000;
    AtomicInteger answers = new AtomicInteger();
    Semaphore slots = new Semaphore(100);
    try (PipedGrpc grpc = PipedGrpc.serving(new Echo.Health())) {
      HealthGrpc.HealthFutureStub health = HealthGrpc.newFutureStub(grpc.channel());
      for (int i = 0; i < count; i++) {
        slots.acquire();
        var answer = health.check(HealthCheckRequest.getDefaultInstance());
        answer.addListener(
            () -> {
              answers.incrementAndGet();
              slots.release();
            },
            Runnable::run);
      }
      slots.acquire(100);
      assertThat(answers).hasValue(count);
    }
  }

  @Test
  void aReaderThatStallsStopsTheWriter() throws Exception {
    int size = 64 << 10;
    int count = 1_000;
    Flood flood = new Flood(size, count);
    try (PipedGrpc grpc = PipedGrpc.serving(flood)) {
      CompletableFuture<Long> received =
          flood.receive(grpc, () -> grpc.clientEnd().stall(true));
      await().until(() -> grpc.clientEnd().waitingBytes() >= MemoryPipe.CAPACITY);
      long before = flood.sentBytes();
      long limit = before + MemoryPipe.CAPACITY + 4L * PipeBatch.MAX_BYTES;

      await().during(200, TimeUnit.MILLISECONDS).until(() -> flood.sentBytes() <= limit);
      grpc.clientEnd().stall(false);

      assertThat(received.get()).isEqualTo((long) size * count);
    }
  }

  @Test
  void callsFailWhenThePeerEndsTheStream() throws Exception {
    try (PipedGrpc grpc = PipedGrpc.serving(new Echo.Stream())) {
      CompletableFuture<ByteString> answer = new CompletableFuture<>();
      StreamObserver<BytesMessage> call =
          FileSendGrpc.newStub(grpc.channel()).diffCopy(new Last(answer));
      call.onNext(BytesMessage.getDefaultInstance());
      await().until(() -> !grpc.clientEnd().chunkSizes().isEmpty());

      grpc.serverEnd().close();

      assertThatThrownBy(() -> answer.get())
          .cause()
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
      await().until(() -> grpc.clientEnd().isClosed());
    }
  }

  @Test
  void theServerEndsWhenItsClientDoes() throws Exception {
    try (PipedGrpc grpc = PipedGrpc.serving(new Echo.Health())) {
      var unused =
          HealthGrpc.newBlockingStub(grpc.channel()).check(HealthCheckRequest.getDefaultInstance());

      grpc.channel().shutdown();
      assertThat(grpc.channel().awaitTermination(60, TimeUnit.SECONDS)).isTrue();

      assertThat(grpc.clientEnd().isClosed()).isTrue();
      await().until(() -> grpc.serverEnd().isClosed());
    }
  }

  private static ByteString echo(PipedGrpc grpc, ByteString bytes) throws Exception {
    CompletableFuture<ByteString> answer = new CompletableFuture<>();
    StreamObserver<BytesMessage> call =
        FileSendGrpc.newStub(grpc.channel()).diffCopy(new Last(answer));
    call.onNext(BytesMessage.newBuilder().setData(bytes).build());
    call.onCompleted();
    return answer.get();
  }

  private static ByteString randomBytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private static StatusResponse log(int number, int size) {
    return StatusResponse.newBuilder()
        .addLogs(
            VertexLog.newBuilder().setStream(number).setMsg(ByteString.copyFrom(new byte[size])))
        .build();
  }

  /** The smaller the messages, the more of them Netty puts into one frame. */
  private static StatusResponse mostlyEmpty(int number) {
    return number % 100 == 0 ? log(number, 1) : StatusResponse.getDefaultInstance();
  }

  /** Sends numbered messages, as many as the call takes. */
  private static final class Flood extends FileSendGrpc.FileSendImplBase {
    private final int size;
    private final int count;
    private final AtomicLong sent = new AtomicLong();

    Flood(int size, int count) {
      this.size = size;
      this.count = count;
    }

    long sentBytes() {
      return sent.get() * size;
    }

    @Override
    public StreamObserver<BytesMessage> diffCopy(StreamObserver<BytesMessage> answers) {
      ServerCallStreamObserver<BytesMessage> call =
          (ServerCallStreamObserver<BytesMessage>) answers;
      call.setOnReadyHandler(() -> {
        while (call.isReady() && sent.get() < count) {
          ByteBuffer message = ByteBuffer.allocate(size).putLong(0, sent.getAndIncrement());
          call.onNext(
              BytesMessage.newBuilder().setData(ByteString.copyFrom(message)).build());
          if (sent.get() == count) {
            call.onCompleted();
          }
        }
      });
      return new Last(new CompletableFuture<>());
    }

    /** Returns the number of bytes that come, after a look at the numbers. Runs {@code atFirst} at the first message. */
    CompletableFuture<Long> receive(PipedGrpc grpc, Runnable atFirst) {
      CompletableFuture<Long> received = new CompletableFuture<>();
      StreamObserver<BytesMessage> call = FileSendGrpc.newStub(grpc.channel())
          .diffCopy(new StreamObserver<>() {
            private long messages;

            @Override
            public void onNext(BytesMessage message) {
              assertThat(message.getData().size()).isEqualTo(size);
              assertThat(message.getData().asReadOnlyByteBuffer().getLong()).isEqualTo(messages++);
              if (messages == 1) {
                atFirst.run();
              }
            }

            @Override
            public void onError(Throwable cause) {
              received.completeExceptionally(cause);
            }

            @Override
            public void onCompleted() {
              received.complete(messages * size);
            }
          });
      call.onCompleted();
      return received;
    }
  }
}
