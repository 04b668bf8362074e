/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static java.util.Objects.requireNonNull;

import dev.buildkit.api.GatewayProto;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.Subrequest;
import dev.buildkit.client.solve.SubrequestResult;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One question to a frontend, in a build whose own frontend is this client: only to a frontend does the daemon hand over what
 * another one answers.
 */
final class SubrequestCall implements Job<SubrequestResult> {
  private final Connection connection;
  private final Subrequest subrequest;
  private final SolveRequest request;
  private final Build build;

  /** Checks that the request fits together; asks nothing of the daemon yet. */
  SubrequestCall(
      Connection connection,
      Subrequest subrequest,
      SolveRequest request,
      Duration sessionHealthTimeout) {
    if (request.frontend().isEmpty()) {
      throw new IllegalArgumentException(
          subrequest + " of " + request + ": a graph has no frontend to ask; name one");
    }
    this.connection = connection;
    this.subrequest = requireNonNull(subrequest, "subrequest");
    this.request = request;
    this.build = new Build(connection, request, List.of(), Layouts.none(), sessionHealthTimeout);
  }

  @Override
  public void cancel() {
    build.cancel();
  }

  @Override
  public SubrequestResult run() throws InterruptedException {
    try (build) {
      GatewayProto.SolveResponse answer = build.inSession(this::ask);
      return SubrequestMessages.result(answer).orElseThrow(this::unknown);
    }
  }

  private GatewayProto.SolveResponse ask(Session session)
      throws ExecutionException, InterruptedException {
    Optional<Deadline> deadline = request
        .timeout()
        .map(limit -> Deadline.after(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS));
    GatewayProto.SolveRequest question =
        SubrequestMessages.request(subrequest, request, connection.frontendDefaults());
    try (GatewayBuild gateway = GatewayBuild.start(
        connection.channel(),
        SolveMessage.ofGateway(request, build.ref(), session.id()),
        deadline)) {
      GatewayProto.SolveResponse answer = gateway.ask(frontend -> frontend.solve(question));
      gateway.returnNothing();
      return answer;
    }
  }

  private BuildKitException unknown() {
    return new BuildKitException(
        ErrorCode.UNSUPPORTED,
        this + " on " + connection.address() + ": the frontend " + request.frontend()
            + " has built something instead of answering; it knows no subrequests",
        null);
  }

  @Override
  public String toString() {
    return "subrequest " + subrequest;
  }
}
