/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.api.SshProto.BytesMessage;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a process to a socket of this machine, byte for byte.
 *
 * <p>Callbacks write to the socket, and may wait for it. Beside them a worker reads, and leaves when the daemon does not
 * take more.
 */
final class RawCall implements StreamObserver<BytesMessage> {
  private static final Logger log = LoggerFactory.getLogger(RawCall.class);
  private static final int CHUNK_BYTES = 32 * 1024;

  private final ServerCallStreamObserver<BytesMessage> call;
  private final SocketChannel socket;
  private final Executor workers;
  private final ChunkSender<BytesMessage> sender;
  private final AtomicInteger wakeUps = new AtomicInteger();

  private RawCall(
      ServerCallStreamObserver<BytesMessage> call, SocketChannel socket, Executor workers) {
    this.call = call;
    this.socket = socket;
    this.workers = workers;
    sender = new ChunkSender<>(
        call,
        "socket",
        socket,
        CHUNK_BYTES,
        bytes -> BytesMessage.newBuilder().setData(bytes).build());
  }

  /** Begins to pass bytes on; the socket is closed with the call, by its scope. */
  static RawCall start(
      ServerCallStreamObserver<BytesMessage> call, SocketChannel socket, Executor workers) {
    RawCall raw = new RawCall(call, socket, workers);
    call.disableAutoRequest();
    call.request(1);
    call.setOnReadyHandler(raw::wakeUp);
    raw.wakeUp();
    return raw;
  }

  /** Only one worker sends; it looks again for room if it is woken up while it does. */
  private void wakeUp() {
    if (wakeUps.getAndIncrement() == 0) {
      workers.execute(this::send);
    }
  }

  private void send() {
    int seen;
    do {
      seen = wakeUps.get();
      sender.send();
    } while (wakeUps.addAndGet(-seen) > 0);
  }

  /** What cannot be written is dropped: who listens may have said all that there is, and the answer still comes. */
  @Override
  public void onNext(BytesMessage message) {
    try {
      for (ByteBuffer bytes : message.getData().asReadOnlyByteBufferList()) {
        while (bytes.hasRemaining()) {
          socket.write(bytes);
        }
      }
    } catch (IOException e) {
      log.debug("cannot write to a forwarded socket", e);
    }
    call.request(1);
  }

  @Override
  public void onCompleted() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      log.debug("a forwarded socket is closed already", e);
    }
  }

  @Override
  public void onError(Throwable cancelled) {
    // The scope of the call has closed the socket.
  }
}
