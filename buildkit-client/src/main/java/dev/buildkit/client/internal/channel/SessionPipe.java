/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import dev.buildkit.api.ControlGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The call {@code Control.Session} as a pipe: each message holds the next bytes of the session's connection. */
final class SessionPipe implements BytePipe {

  private static final MethodDescriptor<OutgoingBytes, IncomingBytes> METHOD =
      ControlGrpc.getSessionMethod().toBuilder(BytesMessages.outgoing(), BytesMessages.incoming())
          .build();

  /** How many messages the daemon may be ahead of us. It sends at most some tens of KiB in each. */
  private static final int PREFETCH = 32;

  /** How much may wait in the connection before the session has to: one batch, while the next is made. */
  private static final int READY_BYTES = PipeBatch.MAX_BYTES;

  /** It runs on the thread of the connection: what the listener does is quick, and a hop would cost more. */
  static final CallOptions OPTIONS =
      CallOptions.DEFAULT.withExecutor(Runnable::run).withOnReadyThreshold(READY_BYTES);

  /** How long a daemon may take to end the call after we have. */
  private static final long DRAIN_MILLIS = 2_000;

  private final ClientCall<OutgoingBytes, IncomingBytes> call;
  private final Metadata headers;
  private final EventLoop loop;
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final CompletableFuture<StatusRuntimeException> ended = new CompletableFuture<>();
  private volatile boolean closed;
  private boolean cancelled;

  SessionPipe(Channel daemon, Metadata headers, EventLoop loop) {
    this.headers = headers;
    this.loop = loop;
    this.call = daemon.newCall(METHOD, OPTIONS);
  }

  /** Returns what completes when the first bytes have come. They come once the daemon has registered the session. */
  CompletableFuture<Void> connected() {
    return connected;
  }

  /** Returns what completes with the status of the call, when that has ended. */
  CompletableFuture<StatusRuntimeException> ended() {
    return ended;
  }

  @Override
  public void start(Receiver receiver) {
    call.start(new Listener(receiver), headers);
    call.request(PREFETCH);
  }

  @Override
  public boolean isWritable() {
    return call.isReady();
  }

  @Override
  public void write(OutgoingBytes bytes) {
    call.sendMessage(bytes);
  }

  @Override
  public void request(int chunks) {
    call.request(chunks);
  }

  @Override
  public void close() {
    closed = true;
    if (!cancelled) {
      call.halfClose();
      var limit = loop.schedule(this::cancel, DRAIN_MILLIS, TimeUnit.MILLISECONDS);
      var unused = ended.thenRun(() -> limit.cancel(false));
    }
  }

  /** Gives the call up, from any thread. */
  void abort() {
    loop.execute(this::cancel);
  }

  private void cancel() {
    cancelled = true;
    call.cancel("the session was given up", null);
  }

  private final class Listener extends ClientCall.Listener<IncomingBytes> {

    private final Receiver receiver;

    Listener(Receiver receiver) {
      this.receiver = receiver;
    }

    @Override
    public void onMessage(IncomingBytes bytes) {
      if (closed) {
        call.request(1);
        return;
      }
      if (bytes.length() > 0) {
        connected.complete(null);
      }
      try {
        receiver.received(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void onReady() {
      receiver.writable();
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      ended.complete(status.asRuntimeException(trailers));
      receiver.ended();
    }
  }
}
