/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.ControlGrpc;
import dev.buildkit.api.ControlProto;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import io.grpc.CallOptions;
import io.grpc.Deadline;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Layouts layouts;
  private final Build build;
  private final Commit commit;
  private volatile Map<String, String> exporterResponse = Map.of();

  /** Checks that the request fits together; asks nothing of the daemon yet. */
  Solve(Connection connection, SolveRequest request, Duration sessionHealthTimeout) {
    this.connection = connection;
    this.request = request;
    this.layouts = Layouts.of(request, connection.address());
    this.build = new Build(connection, request, request.exporters(), layouts, sessionHealthTimeout);
    this.commit = new Commit(connection.address(), this::putInPlace);
  }

  @Override
  public void cancel() {
    build.cancel();
    commit.cancel();
  }

  @Override
  public SolveResult run() throws InterruptedException {
    Optional<Deadline> deadline = request.timeout().map(Solve::deadline);
    try (build) {
      List<ControlProto.Exporter> exporters = connection.exporters(request.exporters());
      exporterResponse =
          build.inSession(session -> call(session, exporters, deadline)).getExporterResponseMap();
      commit.run(connection.executor(), deadline);
      return SolveResponses.result(build.ref(), exporterResponse);
    }
  }

  private static Deadline deadline(Duration limit) {
    return Deadline.after(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
  }

  private void putInPlace() throws IOException {
    build.commitExports();
    layouts.commit(exporterResponse);
  }

  private ControlProto.SolveResponse call(
      Session session, List<ControlProto.Exporter> exporters, Optional<Deadline> deadline)
      throws ExecutionException, InterruptedException {
    CallOptions options =
        deadline.map(CallOptions.DEFAULT::withDeadline).orElse(CallOptions.DEFAULT);
    return ClientCalls.futureUnaryCall(
            connection.channel().newCall(ControlGrpc.getSolveMethod(), options),
            SolveMessage.of(
                request,
                layouts.imports(),
                connection.frontendDefaults(),
                exporters,
                build.ref(),
                session.id()))
        .get();
  }

  @Override
  public String toString() {
    return "solve";
  }
}
