/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.grpc.Channel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A session: a gRPC server whose one connection runs inside a call to the daemon, so that the daemon can call back. It
 * listens nowhere; nobody but the daemon can reach it.
 *
 * <p>A session lasts until it is closed, or until the daemon or the way to it fails. It is closed before the channel
 * and the threads that it was built on.
 */
public final class SessionTunnel implements AutoCloseable {

  /** How long a daemon may take to read what is under way when the session closes. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final Executor executor;
  private final SessionPipe pipe;
  private final Server server;
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean closing;

  private SessionTunnel(Builder builder) {
    loop = builder.threads.io();
    executor = builder.executor;
    pipe = new SessionPipe(builder.daemon, builder.headers(), loop);
    var unused = pipe.connected().thenRun(() -> callBack(this::finishConnect));
    unused = pipe.ended().thenAccept(status -> callBack(() -> finish(status)));
    server = SessionServer.start(pipe, builder.services, executor, loop);
  }

  /**
   * Begins a session with the given id on a channel to a daemon.
   *
   * @param id printable ASCII without a colon, used for no session before
   */
  public static Builder builder(Channel daemon, ClientThreads threads, String id) {
    return new Builder(
        requireNonNull(daemon, "daemon"),
        requireNonNull(threads, "threads"),
        requireNonNull(id, "id"));
  }

  /**
   * Returns what completes when the daemon has begun to speak, which it does once the session is registered. Fails with
   * the cause if the session ends before. Completed on the session's executor.
   */
  public CompletableFuture<Void> connected() {
    return connected.copy();
  }

  /**
   * Returns what completes when the session has ended: normally if it was closed here, else with a
   * {@link StatusRuntimeException} that says why. Completed on the session's executor.
   */
  public CompletableFuture<Void> ended() {
    return ended.copy();
  }

  /**
   * Ends the session and returns when it is gone. Calls of the daemon that still run are cancelled. A daemon that does
   * not end its side is left after 2 seconds, or at once when this thread is interrupted, which it stays.
   *
   * @throws IllegalStateException if the thread that moves the session's bytes calls it
   */
  @Override
  public void close() {
    if (loop.inEventLoop()) {
      throw new IllegalStateException(
          "close a session: its own thread cannot wait for itself; close it from another thread");
    }
    closing = true;
    // Not gracefully: to the notice of a graceful end the daemon reacts by leaving, without an
    // answer.
    server.shutdownNow();
    boolean interrupted = false;
    try {
      awaitEnd();
    } catch (InterruptedException e) {
      interrupted = true;
      pipe.abort();
    }
    finish(pipe.ended().join());
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEnd() throws InterruptedException {
    if (!server.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      pipe.abort();
    }
    try {
      var unused = pipe.ended().get();
    } catch (ExecutionException e) {
      throw new AssertionError("a call always ends with a status", e);
    }
  }

  private void finishConnect() {
    connected.complete(null);
  }

  private void finish(StatusRuntimeException status) {
    StatusRuntimeException cause = cause(status);
    if (pipe.connected().isDone()) {
      connected.complete(null);
    } else {
      connected.completeExceptionally(cause);
    }
    if (closing) {
      ended.complete(null);
    } else {
      ended.completeExceptionally(cause);
    }
  }

  private StatusRuntimeException cause(StatusRuntimeException status) {
    if (closing) {
      return Status.CANCELLED.withDescription("the session was closed").asRuntimeException();
    }
    return status.getStatus().isOk()
        ? Status.UNAVAILABLE.withDescription("the daemon ended the session").asRuntimeException()
        : status;
  }

  /** Completes futures where those who wait for them may block. */
  private void callBack(Runnable completion) {
    try {
      executor.execute(completion);
    } catch (RejectedExecutionException e) {
      completion.run();
    }
  }

  /** What a session offers, and how it introduces itself. */
  public static final class Builder {

    private static final Duration MIN_HEALTH_TIMEOUT = Duration.ofSeconds(1);

    private final Channel daemon;
    private final ClientThreads threads;
    private final String id;
    private final List<ServerServiceDefinition> services = new ArrayList<>();
    private String sharedKey = "";
    private Duration healthTimeout = Duration.ZERO;
    private Executor executor;

    private Builder(Channel daemon, ClientThreads threads, String id) {
      this.daemon = daemon;
      this.threads = threads;
      this.id = id;
      this.executor = threads.workers();
    }

    /** Adds a service that the daemon may call. The daemon drops sessions that do not serve Health. */
    @CanIgnoreReturnValue
    public Builder addService(ServerServiceDefinition service) {
      services.add(requireNonNull(service, "service"));
      return this;
    }

    /** Adds services that the daemon may call. */
    @CanIgnoreReturnValue
    public Builder addServices(List<ServerServiceDefinition> services) {
      services.forEach(this::addService);
      return this;
    }

    /** Sets the key by which the daemon finds directories that an earlier session sent. Empty by default. */
    @CanIgnoreReturnValue
    public Builder sharedKey(String sharedKey) {
      this.sharedKey = requireNonNull(sharedKey, "sharedKey");
      return this;
    }

    /**
     * Sets how often the daemon checks the session, and how long it waits for the answer before it drops the session
     * at once. By default it decides by itself: every 5 seconds, with patience. Daemons older than 0.30 ignore it.
     *
     * @throws IllegalArgumentException if the timeout is shorter than a second
     */
    @CanIgnoreReturnValue
    public Builder healthTimeout(Duration timeout) {
      if (timeout.compareTo(MIN_HEALTH_TIMEOUT) < 0) {
        throw new IllegalArgumentException(
            "healthTimeout must be at least " + MIN_HEALTH_TIMEOUT + ", but was: " + timeout);
      }
      this.healthTimeout = timeout;
      return this;
    }

    /** Sets where the services' handlers run, which may block it. By default the workers of the client. */
    @CanIgnoreReturnValue
    public Builder executor(Executor executor) {
      this.executor = requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Opens the session and does not wait for the daemon.
     *
     * @throws IllegalArgumentException if the id or the shared key cannot travel in a header
     */
    public SessionTunnel open() {
      return new SessionTunnel(this);
    }

    private io.grpc.Metadata headers() {
      SessionHeaders headers = new SessionHeaders(id, sharedKey);
      services.forEach(headers::announce);
      if (!healthTimeout.isZero()) {
        headers.healthTimeout(healthTimeout);
      }
      return headers.toMetadata();
    }
  }
}
