/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.ControlGrpc;
import dev.buildkit.api.ControlProto;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.internal.grpc.RegistryRefusal;
import dev.buildkit.client.internal.progress.SolveHistory;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One solve from its session to its last exported byte.
 *
 * <p>Three calls run side by side: the session, in which the daemon calls back; the status stream; and the solve itself, whose
 * answer ends the other two.
 */
final class Solve implements Job<SolveResult> {
  private final Connection connection;
  private final SolveRequest request;
  private final String ref;
  private final Layouts layouts;
  private final SessionServices services;
  private final Commit commit;
  private final Duration sessionHealthTimeout;
  private final Context.CancellableContext context = Context.ROOT.withCancellation();
  private volatile Map<String, String> exporterResponse = Map.of();

  /** Checks that the request fits together; asks nothing of the daemon yet. */
  Solve(Connection connection, SolveRequest request, Duration sessionHealthTimeout) {
    this.connection = connection;
    this.request = request;
    this.ref = request.ref().orElseGet(Identity::random);
    this.layouts = layouts(connection, request);
    this.services = new SessionServices(request, layouts, connection.executor());
    this.commit = new Commit(connection.address(), this::putInPlace);
    this.sessionHealthTimeout = sessionHealthTimeout;
  }

  private static Layouts layouts(Connection connection, SolveRequest request) {
    try {
      return new Layouts(request);
    } catch (IOException e) {
      throw new BuildKitException(
          ErrorCode.FAILED,
          "solve on " + connection.address() + ": cannot make an OCI layout: " + e,
          e);
    }
  }

  @Override
  public void cancel() {
    context.cancel(new CancellationException("cancelled by this client"));
    commit.cancel();
  }

  @Override
  public SolveResult run() throws InterruptedException {
    Optional<Deadline> deadline = request.timeout().map(Solve::deadline);
    try (services) {
      exporterResponse = solveInSession(deadline).getExporterResponseMap();
      commit.run(connection.executor(), deadline);
      return SolveResponses.result(ref, exporterResponse);
    } finally {
      context.close();
    }
  }

  private static Deadline deadline(Duration limit) {
    return Deadline.after(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
  }

  private void putInPlace() throws IOException {
    services.commitExports();
    layouts.commit(exporterResponse);
  }

  private ControlProto.SolveResponse solveInSession(Optional<Deadline> deadline)
      throws InterruptedException {
    List<ControlProto.Exporter> exporters = connection.exporters(request.exporters());
    try (Session session =
        Session.open(connection, services, request.sharedKey(), sessionHealthTimeout)) {
      var unused = session.ended().whenComplete((ignored, cause) -> context.cancel(cause));
      StatusFollower status = StatusFollower.follow(connection.channel(), ref, request.listeners());
      try {
        return await(call(session, exporters, deadline), status);
      } catch (ExecutionException e) {
        throw explain(session, status.history(), e);
      }
    }
  }

  private Future<ControlProto.SolveResponse> call(
      Session session, List<ControlProto.Exporter> exporters, Optional<Deadline> deadline) {
    CallOptions options =
        deadline.map(CallOptions.DEFAULT::withDeadline).orElse(CallOptions.DEFAULT);
    Context former = context.attach();
    try {
      return ClientCalls.futureUnaryCall(
          connection.channel().newCall(ControlGrpc.getSolveMethod(), options),
          SolveMessage.of(
              request,
              layouts.imports(),
              connection.frontendDefaults(),
              exporters,
              ref,
              session.id()));
    } finally {
      context.detach(former);
    }
  }

  /** Returns only after the last report: it may hold the log lines that explain a failure. */
  private <T> T await(Future<T> answer, StatusFollower status)
      throws InterruptedException, ExecutionException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      cancel();
      throw e;
    } finally {
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

  @Override
  public String toString() {
    return "solve";
  }
}
