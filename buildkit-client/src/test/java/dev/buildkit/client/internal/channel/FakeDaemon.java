/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import com.google.protobuf.ByteString;
import dev.buildkit.api.ControlGrpc;
import dev.buildkit.api.ControlProto.BytesMessage;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** A daemon that knows one call, {@code Control.Session}, and what the client said when it made it. */
final class FakeDaemon extends ControlGrpc.ControlImplBase implements ServerInterceptor {
  private final BlockingQueue<CalledBack> sessions = new LinkedBlockingQueue<>();
  private final BlockingQueue<Metadata> headers = new LinkedBlockingQueue<>();

  /** Returns the service with what notes its headers. */
  BindableService service() {
    ServerServiceDefinition service = ServerInterceptors.intercept(this, this);
    return () -> service;
  }

  /** Returns the next session that a client opens. */
  CalledBack nextSession() throws InterruptedException {
    return sessions.take();
  }

  /** Returns the headers of the next session. */
  Metadata nextHeaders() throws InterruptedException {
    return headers.take();
  }

  @Override
  public <T, R> ServerCall.Listener<T> interceptCall(
      ServerCall<T, R> call, Metadata metadata, ServerCallHandler<T, R> next) {
    headers.add(metadata);
    return next.startCall(call, metadata);
  }

  @Override
  public StreamObserver<BytesMessage> session(StreamObserver<BytesMessage> toClient) {
    CalledBack session = new CalledBack((ServerCallStreamObserver<BytesMessage>) toClient);
    sessions.add(session);
    return session;
  }

  /** The daemon's end of a session: a pipe on which it is the client. */
  static final class CalledBack implements StreamObserver<BytesMessage>, BytePipe {
    private final ServerCallStreamObserver<BytesMessage> toClient;
    private final CompletableFuture<Receiver> receiver = new CompletableFuture<>();
    private final CompletableFuture<Void> halfClosed = new CompletableFuture<>();
    private volatile boolean patient = true;

    CalledBack(ServerCallStreamObserver<BytesMessage> toClient) {
      this.toClient = toClient;
      toClient.disableAutoRequest();
      toClient.setOnReadyHandler(() -> tell(Receiver::writable));
      toClient.setOnCancelHandler(() -> tell(Receiver::ended));
    }

    /** Returns a channel to the services of the client. */
    ManagedChannel connect(ClientThreads threads) {
      return DaemonChannel.open(
          Route.throughPipes(
              new PipeAddress("client"), () -> CompletableFuture.completedFuture(this)),
          "localhost",
          Duration.ofMinutes(1),
          threads);
    }

    /** Reads what the client sends, and does nothing with it. */
    void ignore() {
      start(new Ignored());
    }

    /** Sends bytes of no meaning. */
    void send(ByteString bytes) {
      toClient.onNext(BytesMessage.newBuilder().setData(bytes).build());
    }

    /** Ends the session as a daemon does that has no more use for it. */
    void end() {
      toClient.onCompleted();
    }

    void fail(Throwable cause) {
      toClient.onError(cause);
    }

    /** Never ends the call, whatever the client does. */
    void hang() {
      patient = false;
    }

    /** Returns what completes when the client has ended its side. */
    CompletableFuture<Void> halfClosed() {
      return halfClosed;
    }

    @Override
    public void start(Receiver receiver) {
      this.receiver.complete(receiver);
      toClient.request(8);
    }

    @Override
    public boolean isWritable() {
      return toClient.isReady();
    }

    @Override
    public void write(OutgoingBytes bytes) throws IOException {
      ByteString.Output copy = ByteString.newOutput(bytes.length());
      bytes.writeTo(copy);
      send(copy.toByteString());
    }

    @Override
    public void request(int chunks) {
      toClient.request(chunks);
    }

    @Override
    public void close() {
      // The daemon ends the call when the client has ended its side.
    }

    @Override
    public void onNext(BytesMessage message) {
      ByteString data = message.getData();
      try {
        receiver.join().received(new IncomingBytes(data.size(), data.newInput()));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void onError(Throwable cause) {
      halfClosed.complete(null);
    }

    @Override
    public void onCompleted() {
      halfClosed.complete(null);
      tell(Receiver::ended);
      if (patient) {
        toClient.onCompleted();
      }
    }

    private void tell(Consumer<Receiver> event) {
      var unused = receiver.thenAccept(event);
    }
  }

  private static final class Ignored implements BytePipe.Receiver {
    @Override
    public void received(IncomingBytes bytes) {}

    @Override
    public void writable() {}

    @Override
    public void ended() {}

    @Override
    public void failed(IOException cause) {}
  }
}
