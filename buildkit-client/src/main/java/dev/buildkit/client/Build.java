/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.internal.grpc.RegistryRefusal;
import dev.buildkit.client.internal.progress.SolveHistory;
import dev.buildkit.client.solve.SolveRequest;
import io.grpc.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

/**
 * What belongs to each build, whatever the daemon is asked in it: the session, in which the daemon calls back, the status stream,
 * and the true cause of a failure.
 */
final class Build implements AutoCloseable {
  private final Connection connection;
  private final SolveRequest request;
  private final String ref;
  private final SessionServices services;
  private final Duration sessionHealthTimeout;
  private final Context.CancellableContext context = Context.ROOT.withCancellation();

  /** What the daemon is asked in a build; its calls belong to the gRPC context in which it runs. */
  interface Work<T> {
    T run(Session session) throws ExecutionException, InterruptedException;
  }

  /**
   * Checks that the request fits together; asks nothing of the daemon yet.
   *
   * @param exporters those of the request that take part
   * @param layouts what the daemon may read and write
   */
  Build(
      Connection connection,
      SolveRequest request,
      List<Exporter> exporters,
      Layouts layouts,
      Duration sessionHealthTimeout) {
    this.connection = connection;
    this.request = request;
    this.ref = request.ref().orElseGet(Identity::random);
    this.services = new SessionServices(request, exporters, layouts, connection.executor());
    this.sessionHealthTimeout = sessionHealthTimeout;
  }

  String ref() {
    return ref;
  }

  /** Ends what runs in the session soon. */
  void cancel() {
    context.cancel(new CancellationException("cancelled by this client"));
  }

  /**
   * Returns what the work returns, when the session is over and all progress is told.
   *
   * @throws BuildKitException if the work failed, with the true cause
   */
  <T> T inSession(Work<T> work) throws InterruptedException {
    try (Session session =
        Session.open(connection, services, request.sharedKey(), sessionHealthTimeout)) {
      var unused = session.ended().whenComplete((ignored, cause) -> context.cancel(cause));
      StatusFollower status = StatusFollower.follow(connection.channel(), ref, request.listeners());
      try {
        return await(work, session, status);
      } catch (ExecutionException e) {
        throw explain(session, status.history(), e);
      }
    }
  }

  /** Puts what was received to its place. */
  void commitExports() throws IOException {
    services.commitExports();
  }

  /** Returns only after the last report: it may hold the log lines that explain a failure. */
  private <T> T await(Work<T> work, Session session, StatusFollower status)
      throws InterruptedException, ExecutionException {
    Context former = context.attach();
    try {
      return work.run(session);
    } catch (InterruptedException e) {
      cancel();
      throw e;
    } finally {
      context.detach(former);
      status.awaitEnd();
    }
  }

  /**
   * Finds the true cause: the daemon only hears that a callback failed, and a call that is cut off only knows that.
   */
  private BuildKitException explain(Session session, SolveHistory history, Throwable cause) {
    if (services.failure().isPresent()) {
      Throwable local = services.failure().get();
      return new BuildKitException(
          ErrorCode.FAILED, "solve on " + connection.address() + ": " + local.getMessage(), local);
    }
    if (session.failure().isPresent()) {
      return connection.errors().decode(session.failure().get(), "keep the session of the solve");
    }
    BuildKitException failure = connection.errors().decodeSolve(cause);
    if (failure instanceof SolveException solve) {
      return RegistryRefusal.explain(withHistory(solve, history));
    }
    return failure;
  }

  /** Adds what only the reports know: the name and the last output of the failed vertex. */
  private static SolveException withHistory(SolveException failure, SolveHistory history) {
    Optional<String> digest =
        failure.vertexDigest().or(() -> history.failed(String.valueOf(failure.getMessage())));
    if (digest.isEmpty()) {
      return failure;
    }
    String vertex = digest.get();
    SolveException.Builder builder =
        failure.toBuilder().vertexDigest(vertex).logTail(history.logTail(vertex));
    history.name(vertex).ifPresent(builder::vertexName);
    return builder.build();
  }

  /** Discards exports that were not committed. */
  @Override
  public void close() {
    services.close();
    context.close();
  }
}
