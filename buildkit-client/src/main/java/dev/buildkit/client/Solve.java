/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.ControlGrpc;
import dev.buildkit.api.ControlProto;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import io.grpc.CallOptions;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
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
  private final Build build;

  /** Checks that the request fits together; asks nothing of the daemon yet. */
  Solve(Connection connection, SolveRequest request, Duration sessionHealthTimeout) {
    this.connection = connection;
    this.request = request;
    this.build = new Build(connection, request, request.exporters(), sessionHealthTimeout);
  }

  @Override
  public void cancel() {
    build.cancel();
  }

  @Override
  public SolveResult run() throws InterruptedException {
    try (build) {
      List<ControlProto.Exporter> exporters = connection.exporters(request.exporters());
      ControlProto.SolveResponse response = build.inSession(session -> call(session, exporters));
      build.commitExports();
      return SolveResponses.result(build.ref(), response.getExporterResponseMap());
    }
  }

  private ControlProto.SolveResponse call(Session session, List<ControlProto.Exporter> exporters)
      throws ExecutionException, InterruptedException {
    CallOptions options = request
        .timeout()
        .map(limit -> CallOptions.DEFAULT.withDeadlineAfter(limit.toNanos(), TimeUnit.NANOSECONDS))
        .orElse(CallOptions.DEFAULT);
    return ClientCalls.futureUnaryCall(
            connection.channel().newCall(ControlGrpc.getSolveMethod(), options),
            SolveMessage.of(
                request, connection.frontendDefaults(), exporters, build.ref(), session.id()))
        .get();
  }

  @Override
  public String toString() {
    return "solve";
  }
}
