/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a channel gives, no faster than the daemon takes it, and then ends the call.
 *
 * <p>It is run again whenever there is room; one thread at a time.
 */
final class ChunkSender<M> {
  private static final Logger log = LoggerFactory.getLogger(ChunkSender.class);

  private final ServerCallStreamObserver<M> call;
  private final String what;
  private final ReadableByteChannel source;
  private final Function<ByteString, M> message;
  private final ByteBuffer chunk;
  private boolean ended;

  /**
   * Creates the sender.
   *
   * @param what names the source, for messages
   * @param source closed when it has ended
   * @param message makes a message of bytes, which are good only until it is sent
   */
  ChunkSender(
      ServerCallStreamObserver<M> call,
      String what,
      ReadableByteChannel source,
      int chunkBytes,
      Function<ByteString, M> message) {
    this.call = call;
    this.what = what;
    this.source = source;
    this.message = message;
    this.chunk = ByteBuffer.allocate(chunkBytes);
    // Without a handler, a message for a call that was cancelled meanwhile is an exception.
    call.setOnCancelHandler(() -> {});
  }

  /** Sends while there is room. */
  void send() {
    try {
      while (!ended && call.isReady()) {
        chunk.clear();
        if (source.read(chunk) < 0) {
          end();
        } else if (chunk.flip().hasRemaining()) {
          // A server writes a message before onNext returns, so the buffer is free again then.
          call.onNext(message.apply(UnsafeByteOperations.unsafeWrap(chunk)));
        }
      }
    } catch (ClosedChannelException e) {
      // Whoever closed it knows that the call is over.
      fail(Status.CANCELLED.withDescription(what + ": the call is over"), e);
    } catch (IOException | RuntimeException e) {
      fail(Status.UNKNOWN.withDescription(what + ": " + e.getMessage()), e);
    }
  }

  private void end() {
    ended = true;
    CallScope.close(source);
    call.onCompleted();
  }

  private void fail(Status status, Exception cause) {
    ended = true;
    CallScope.close(source);
    log.debug("cannot send {}", what, cause);
    if (!call.isCancelled()) {
      call.onError(status.withCause(cause).asRuntimeException());
    }
  }
}
