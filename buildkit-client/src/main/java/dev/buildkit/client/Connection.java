/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.ControlGrpc;
import dev.buildkit.api.ControlProto.InfoRequest;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.internal.channel.ClientThreads;
import dev.buildkit.client.internal.channel.DaemonChannel;
import dev.buildkit.client.internal.grpc.ErrorDecoder;
import dev.buildkit.client.transport.Transport;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The channel to one daemon, with the threads that serve it. */
final class Connection implements AutoCloseable {
  private static final Duration RETRY_INTERVAL = Duration.ofMillis(100);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final String address;
  private final Duration connectTimeout;
  private final ClientThreads threads = new ClientThreads();
  private final ManagedChannel channel;
  private final ErrorDecoder errors;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Connection(Transport transport, Duration connectTimeout) {
    this.address = transport.address();
    this.errors = new ErrorDecoder(address);
    this.connectTimeout = connectTimeout;
    this.channel = DaemonChannel.open(transport, connectTimeout, threads);
  }

  /**
   * Connects, and asks the daemon something to know that it is one.
   *
   * @param readyTimeout how long to try again while nobody answers; zero for a single attempt
   */
  static Connection open(Transport transport, Duration connectTimeout, Duration readyTimeout)
      throws InterruptedException {
    Connection connection = new Connection(transport, connectTimeout);
    try {
      connection.awaitReady(readyTimeout);
      return connection;
    } catch (InterruptedException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  String address() {
    return address;
  }

  ManagedChannel channel() {
    return channel;
  }

  ClientThreads threads() {
    return threads;
  }

  /** Runs what may block. */
  Executor executor() {
    return threads.workers();
  }

  /** Turns failed calls into the exceptions that users see. */
  ErrorDecoder errors() {
    return errors;
  }

  DaemonInfo info() throws InterruptedException {
    var answer = ControlGrpc.newFutureStub(channel)
        .withDeadlineAfter(connectTimeout.toNanos(), TimeUnit.NANOSECONDS)
        .info(InfoRequest.getDefaultInstance());
    try {
      return AdminMessages.version(answer.get().getBuildkitVersion());
    } catch (ExecutionException e) {
      BuildKitException failure = errors.decode(e, "reach the daemon");
      if (failure.code() == ErrorCode.UNSUPPORTED) {
        // Daemons before 0.11 answer, but not to this question.
        return new DaemonInfo("", "", "", "");
      }
      throw failure;
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    }
  }

  private void awaitReady(Duration readyTimeout) throws InterruptedException {
    long deadline = System.nanoTime() + readyTimeout.toNanos();
    while (true) {
      try {
        var unused = info();
        return;
      } catch (BuildKitException e) {
        boolean mayHelp = e.code() == ErrorCode.UNAVAILABLE || e.code() == ErrorCode.TIMED_OUT;
        if (!mayHelp || System.nanoTime() - deadline >= 0) {
          throw e;
        }
        // Not an idle wait: a close ends it.
        if (closed.await(RETRY_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
          throw e;
        }
        channel.resetConnectBackoff();
      }
    }
  }

  /** Closes the channel, then ends the threads; an interrupt does not cut this short. */
  @Override
  public void close() {
    closed.countDown();
    channel.shutdown();
    boolean interrupted = false;
    try {
      if (!channel.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException e) {
      channel.shutdownNow();
      interrupted = true;
    }
    threads.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
