/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.ControlProto;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.internal.grpc.RegistryRefusal;
import dev.buildkit.client.source.SourceMetadata;
import dev.buildkit.client.source.SourceMetadataRequest;
import io.grpc.Context;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** One question to the daemon about a source, in a build of its own. */
final class SourceLookup implements Job<SourceMetadata> {
  private final Connection connection;
  private final SourceMetadataRequest request;
  private final SessionServices services;
  private final Duration sessionHealthTimeout;
  private final Context.CancellableContext context = Context.ROOT.withCancellation();

  /** Checks that the request fits together; asks nothing of the daemon yet. */
  SourceLookup(
      Connection connection, SourceMetadataRequest request, Duration sessionHealthTimeout) {
    this.connection = connection;
    this.request = request;
    this.services = new SessionServices(request.options().attachables());
    this.sessionHealthTimeout = sessionHealthTimeout;
  }

  @Override
  public void cancel() {
    context.cancel(new CancellationException("cancelled by this client"));
  }

  @Override
  public SourceMetadata run() throws InterruptedException {
    try (services;
        Session session = Session.open(connection, services, "", sessionHealthTimeout)) {
      var unused = session.ended().whenComplete((ignored, cause) -> context.cancel(cause));
      try {
        return askInBuild(session);
      } catch (ExecutionException e) {
        throw explain(session, e);
      }
    } finally {
      context.close();
    }
  }

  private SourceMetadata askInBuild(Session session)
      throws ExecutionException, InterruptedException {
    Context former = context.attach();
    try (GatewayBuild build =
        GatewayBuild.start(connection.channel(), message(session), deadline())) {
      SourceMetadata answer = new SourceQuestion(connection, build, request).ask();
      build.returnNothing();
      return answer;
    } catch (IllegalArgumentException e) {
      throw new BuildKitException(
          ErrorCode.INTERNAL, this + ": the daemon's answer is malformed: " + e.getMessage(), e);
    } finally {
      context.detach(former);
    }
  }

  private static ControlProto.SolveRequest message(Session session) {
    return ControlProto.SolveRequest.newBuilder()
        .setRef(Identity.random())
        .setSession(session.id())
        .setInternal(true)
        // Present even when empty: daemons before 0.11 read it without a check.
        .setCache(ControlProto.CacheOptions.getDefaultInstance())
        .build();
  }

  private Optional<Deadline> deadline() {
    return request
        .options()
        .timeout()
        .map(limit -> Deadline.after(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS));
  }

  private BuildKitException explain(Session session, Throwable cause) {
    if (session.failure().isPresent()) {
      return connection.errors().decode(session.failure().get(), "keep the session to " + this);
    }
    BuildKitException failure = connection.errors().decodeInBuild(cause, toString());
    return failure instanceof SolveException solve ? RegistryRefusal.explain(solve) : failure;
  }

  @Override
  public String toString() {
    return "resolve " + request;
  }
}
