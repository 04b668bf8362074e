/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.protobuf.ByteString;
import dev.buildkit.api.FileSyncProto.BytesMessage;
import dev.buildkit.client.internal.fsutil.FakeSender;
import dev.buildkit.client.internal.fsutil.Packet;
import dev.buildkit.client.internal.fsutil.PacketCodec;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/** One call of a daemon that brings an export; blocks where the other side is slow. */
final class FakeCall {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final ClientCall<byte[], byte[]> call;
  private final BlockingQueue<Packet> answers = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> status = new CompletableFuture<>();
  private final Semaphore ready = new Semaphore(0);

  FakeCall(ClientCall<byte[], byte[]> call, Metadata headers) {
    this.call = call;
    call.start(new Answers(), headers);
    call.request(Integer.MAX_VALUE);
  }

  @CanIgnoreReturnValue
  FakeCall bytes(byte[] bytes) {
    return send(
        BytesMessage.newBuilder().setData(ByteString.copyFrom(bytes)).build().toByteArray());
  }

  @CanIgnoreReturnValue
  FakeCall packet(Packet packet) {
    return send(PacketCodec.encode(packet));
  }

  /** Sends when the transport has room, unless the call has ended. */
  private FakeCall send(byte[] message) {
    while (!call.isReady() && !status.isDone()) {
      ready.acquireUninterruptibly();
    }
    if (!status.isDone()) {
      call.sendMessage(message);
    }
    return this;
  }

  boolean isReady() {
    return call.isReady();
  }

  /** Sends a whole tree, and answers what the receiver asks for, up to its FIN. */
  void tree(FakeSender sender) {
    for (Packet packet : sender.entries()) {
      packet(packet);
    }
    Packet asked;
    do {
      asked = answer();
      for (Packet packet : sender.answer(asked)) {
        packet(packet);
      }
    } while (asked instanceof Packet.Request);
  }

  Packet answer() {
    try {
      Packet packet = answers.poll(LIMIT.toSeconds(), SECONDS);
      if (packet != null) {
        return packet;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("no answer came");
  }

  /** Ends this side, and returns how the other side ends the call. */
  Status finish() {
    call.halfClose();
    return status();
  }

  Status status() {
    return status.orTimeout(LIMIT.toSeconds(), SECONDS).join();
  }

  void cancel() {
    call.cancel("the daemon went away", null);
  }

  private final class Answers extends ClientCall.Listener<byte[]> {
    @Override
    public void onMessage(byte[] message) {
      try {
        answers.add(PacketCodec.decode(message));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void onReady() {
      ready.release();
    }

    @Override
    public void onClose(Status ended, Metadata trailers) {
      status.complete(ended);
      ready.release();
    }
  }
}
