/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A daemon's side of a call in which bytes go both ways; each message has to be asked for. */
final class FakeStream<M> implements ClientResponseObserver<M, M> {
  private static final long TIMEOUT_SECONDS = 60;

  private final BlockingQueue<M> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> status = new CompletableFuture<>();
  private final CompletableFuture<ClientCallStreamObserver<M>> call = new CompletableFuture<>();

  @Override
  public void beforeStart(ClientCallStreamObserver<M> started) {
    started.disableAutoRequestWithInitial(0);
    call.complete(started);
  }

  @Override
  public void onNext(M message) {
    received.add(message);
  }

  @Override
  public void onError(Throwable failure) {
    status.complete(Status.fromThrowable(failure));
  }

  @Override
  public void onCompleted() {
    status.complete(Status.OK);
  }

  void cancel() {
    call.join().cancel("test", null);
  }

  /** Waits for the next message. */
  M receive() throws InterruptedException {
    call.join().request(1);
    M message = received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("no message came; the status is " + status.getNow(null));
    }
    return message;
  }

  /** Waits for the end of the call. */
  Status status() throws Exception {
    call.join().request(1);
    return status.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }
}
