/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.ControlGrpc;
import dev.buildkit.api.ControlProto;
import dev.buildkit.api.ControlProto.InfoRequest;
import dev.buildkit.api.ControlProto.ListWorkersRequest;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.internal.channel.ClientThreads;
import dev.buildkit.client.internal.channel.DaemonChannel;
import dev.buildkit.client.internal.channel.LibraryMismatch;
import dev.buildkit.client.internal.channel.OtherDoorException;
import dev.buildkit.client.internal.grpc.ErrorDecoder;
import dev.buildkit.client.transport.DockerTransport;
import dev.buildkit.client.transport.Transport;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The channel to one daemon, with the threads that serve it. */
final class Connection implements AutoCloseable {
  /** How long to wait before one that did not answer is asked again. */
  static final Duration RETRY_INTERVAL = Duration.ofMillis(100);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final String address;
  private final Duration connectTimeout;
  private final ClientThreads threads = new ClientThreads();
  private final ManagedChannel channel;
  private final ErrorDecoder errors;
  private final boolean inEngine;
  private final AtomicReference<@Nullable EngineStore> engineStore = new AtomicReference<>();
  private final AtomicReference<@Nullable Capabilities> capabilities = new AtomicReference<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  private Connection(Transport transport, Duration connectTimeout) {
    this.address = transport.address();
    this.inEngine =
        transport instanceof DockerTransport docker && docker.container().isEmpty();
    this.errors = new ErrorDecoder(address);
    this.connectTimeout = connectTimeout;
    try {
      this.channel = DaemonChannel.open(transport, connectTimeout, threads);
    } catch (RuntimeException | Error e) {
      threads.close();
      throw e;
    }
  }

  /**
   * Connects, and asks the daemon something to know that it is one.
   *
   * @param readyTimeout how long to try again while nobody answers; zero for a single attempt
   * @throws BuildKitException if no daemon answers, or the libraries on the class path do not fit
   */
  static Connection open(Transport transport, Duration connectTimeout, Duration readyTimeout)
      throws InterruptedException {
    Transport resolved = transport instanceof DockerTransport docker ? docker.resolve() : transport;
    try {
      return openResolved(resolved, connectTimeout, readyTimeout);
    } catch (BuildKitException e) {
      throw LibraryMismatch.of(e, resolved.address()).orElse(e);
    } catch (LinkageError e) {
      throw LibraryMismatch.of(e, resolved.address()).orElseThrow();
    }
  }

  private static Connection openResolved(
      Transport transport, Duration connectTimeout, Duration readyTimeout)
      throws InterruptedException {
    Connection connection = new Connection(transport, connectTimeout);
    try {
      connection.awaitReady(readyTimeout);
      return connection;
    } catch (InterruptedException | RuntimeException | LinkageError e) {
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

  /**
   * Returns options of frontends that differ from BuildKit's defaults. Whoever builds in an engine means its own images first,
   * as the docker command does.
   */
  Map<String, String> frontendDefaults() {
    return inEngine ? Map.of("image-resolve-mode", "local") : Map.of();
  }

  DaemonInfo info() throws InterruptedException {
    var answer = ControlGrpc.newFutureStub(channel)
        .withDeadlineAfter(TimeUnit.NANOSECONDS.convert(connectTimeout), TimeUnit.NANOSECONDS)
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

  /**
   * Returns the wire form of exporters. Asks the daemon what it is part of if that matters, and once.
   *
   * @throws BuildKitException if the daemon has no such exporter, takes only one, or would ignore an attribute that matters
   */
  List<ControlProto.Exporter> exporters(List<Exporter> exporters) throws InterruptedException {
    if (exporters.size() > 1 && !capabilities().llb().contains(Capabilities.SEVERAL_EXPORTERS)) {
      throw new BuildKitException(
          ErrorCode.UNSUPPORTED,
          "solve on " + address + ": this daemon runs one exporter for each solve, but there are "
              + exporters.size()
              + "; solve once for each, which costs little as all steps are in its cache then",
          null);
    }
    Optional<String> part = PartialExport.wanted(exporters);
    if (part.isPresent()) {
      requirePartialExport(part.get());
    }
    EngineStore store = DaemonExporters.matterFor(exporters) ? engineStore() : EngineStore.NONE;
    return new DaemonExporters(address, store).of(exporters);
  }

  /** Asks each time: behind an address there may be an older daemon by now, whose export would replace other files. */
  private void requirePartialExport(String directory) throws InterruptedException {
    try {
      if (!PartialExport.isKnown(channel, answerDeadline())) {
        throw new BuildKitException(
            ErrorCode.UNSUPPORTED,
            "solve on " + address + ": this daemon exports whole results and would ignore src="
                + directory + ", which takes BuildKit 0.34; leave src out, or copy " + directory
                + " to the root of a result that has nothing else",
            null);
      }
    } catch (ExecutionException e) {
      throw errors.decode(e, "ask the daemon whether it exports a part of a result");
    }
  }

  private Deadline answerDeadline() {
    return Deadline.after(TimeUnit.NANOSECONDS.convert(connectTimeout), TimeUnit.NANOSECONDS);
  }

  private Capabilities capabilities() throws InterruptedException {
    Capabilities known = capabilities.get();
    if (known != null) {
      return known;
    }
    try {
      Capabilities asked = Capabilities.of(channel, answerDeadline());
      capabilities.set(asked);
      return asked;
    } catch (ExecutionException e) {
      throw errors.decode(e, "ask the daemon what it can do");
    }
  }

  private EngineStore engineStore() throws InterruptedException {
    EngineStore known = engineStore.get();
    if (known != null) {
      return known;
    }
    var answer = ControlGrpc.newFutureStub(channel)
        .withDeadlineAfter(TimeUnit.NANOSECONDS.convert(connectTimeout), TimeUnit.NANOSECONDS)
        .listWorkers(ListWorkersRequest.getDefaultInstance());
    try {
      EngineStore store = EngineStore.of(answer.get().getRecordList(), inEngine);
      engineStore.set(store);
      return store;
    } catch (ExecutionException e) {
      throw errors.decode(e, "list the workers of the daemon");
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    }
  }

  private void awaitReady(Duration readyTimeout) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(readyTimeout);
    while (true) {
      try {
        var unused = info();
        return;
      } catch (BuildKitException e) {
        if (isOtherDoor(e)) {
          channel.resetConnectBackoff();
          continue;
        }
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

  private static boolean isOtherDoor(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(OtherDoorException.class::isInstance);
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
