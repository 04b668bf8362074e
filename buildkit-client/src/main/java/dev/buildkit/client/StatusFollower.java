/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.ControlGrpc;
import dev.buildkit.api.ControlProto.StatusRequest;
import dev.buildkit.api.ControlProto.StatusResponse;
import dev.buildkit.client.internal.progress.SolveHistory;
import dev.buildkit.client.internal.progress.StatusDecoder;
import dev.buildkit.client.progress.ProgressListener;
import dev.buildkit.client.progress.SolveStatus;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one solve: hands each report of the daemon to the listeners, in order, and remembers what an error message needs.
 *
 * <p>What becomes of this stream never decides about the solve.
 */
final class StatusFollower implements StreamObserver<StatusResponse> {
  /** How long the stream may stay silent after the solve ended; Go's client waits as long. */
  private static final Duration SILENCE_AFTER_SOLVE = Duration.ofSeconds(5);

  /** How many lines of output an error quotes, as many as {@code buildctl} does. */
  private static final int LOG_TAIL_LINES = 10;

  private static final Logger LOG = LoggerFactory.getLogger(StatusFollower.class);

  private final ClientCall<StatusRequest, StatusResponse> call;
  private final List<Follower> followers;
  private final StatusDecoder decoder = new StatusDecoder();
  private final SolveHistory history = new SolveHistory(LOG_TAIL_LINES);
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Silence silence = new Silence(System::nanoTime);

  private StatusFollower(
      ClientCall<StatusRequest, StatusResponse> call, List<ProgressListener> listeners) {
    this.call = call;
    this.followers = listeners.stream().map(Follower::new).toList();
  }

  static StatusFollower follow(Channel channel, String ref, List<ProgressListener> listeners) {
    StatusFollower follower = new StatusFollower(
        channel.newCall(ControlGrpc.getStatusMethod(), CallOptions.DEFAULT), listeners);
    ClientCalls.asyncServerStreamingCall(
        follower.call, StatusRequest.newBuilder().setRef(ref).build(), follower);
    return follower;
  }

  SolveHistory history() {
    return history;
  }

  @Override
  public void onNext(StatusResponse response) {
    silence.breakWith(() -> tell(decoder.decode(response)));
  }

  private void tell(SolveStatus status) {
    history.add(status);
    followers.forEach(follower -> follower.tell(status));
  }

  @Override
  public void onError(Throwable failure) {
    LOG.debug("the status stream ended early", failure);
    ended.complete(null);
  }

  @Override
  public void onCompleted() {
    ended.complete(null);
  }

  /**
   * Waits until the daemon has told all, or has been silent for too long, then tells the listeners that it is over. A listener
   * that takes its time does not count as a silence of the daemon.
   */
  void awaitEnd() throws InterruptedException {
    silence.restart();
    try {
      long left = SILENCE_AFTER_SOLVE.toNanos();
      while (left > 0 && !isEnded(left)) {
        left = SILENCE_AFTER_SOLVE.toNanos() - silence.nanos();
      }
    } finally {
      call.cancel("the solve is over", null);
      followers.forEach(Follower::end);
    }
  }

  private boolean isEnded(long nanos) throws InterruptedException {
    try {
      ended.get(nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError("the stream's end is never a failure", e);
    }
  }

  /** A listener of which the first failure is told in the log, and which decides about nothing else. */
  private static final class Follower {
    private final ProgressListener listener;
    // The end may come from another thread while a late report is still being told.
    private final Object turn = new Object();
    private boolean reported;
    private boolean over;

    Follower(ProgressListener listener) {
      this.listener = listener;
    }

    void tell(SolveStatus status) {
      synchronized (turn) {
        if (!over) {
          run(() -> listener.update(status));
        }
      }
    }

    void end() {
      synchronized (turn) {
        over = true;
        run(listener::completed);
      }
    }

    private void run(Runnable step) {
      try {
        step.run();
      } catch (Throwable e) {
        // Errors too, such as those of assertions: the listeners after this one want to know as
        // well.
        if (!reported) {
          LOG.warn("a progress listener failed", e);
        }
        reported = true;
      }
    }
  }
}
