/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.ControlGrpc;
import dev.buildkit.api.ControlProto;
import dev.buildkit.api.GatewayProto.Result;
import dev.buildkit.api.GatewayProto.ReturnRequest;
import dev.buildkit.api.LLBBridgeGrpc;
import dev.buildkit.api.LLBBridgeGrpc.LLBBridgeFutureStub;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * A build whose frontend is this client: as long as it runs, the daemon answers what a frontend may ask.
 *
 * <p>Its calls belong to the gRPC context in which it was started. Closing it ends it on the daemon, unless it has ended.
 */
final class GatewayBuild implements AutoCloseable {
  private static final Metadata.Key<String> BUILD =
      Metadata.Key.of("buildkit-controlapi-buildid", Metadata.ASCII_STRING_MARSHALLER);

  private final Future<ControlProto.SolveResponse> build;
  private final LLBBridgeFutureStub bridge;

  private GatewayBuild(Future<ControlProto.SolveResponse> build, LLBBridgeFutureStub bridge) {
    this.build = build;
    this.bridge = bridge;
  }

  /**
   * Starts a build without waiting for it: the daemon lets calls of the frontend wait for their build.
   *
   * @param request has a ref, and neither a definition nor a frontend
   * @param deadline of the build and of each of its calls
   */
  static GatewayBuild start(
      ManagedChannel channel, ControlProto.SolveRequest request, Optional<Deadline> deadline) {
    Metadata headers = new Metadata();
    headers.put(BUILD, request.getRef());
    LLBBridgeFutureStub bridge = LLBBridgeGrpc.newFutureStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    return new GatewayBuild(
        limited(ControlGrpc.newFutureStub(channel), deadline).solve(request),
        limited(bridge, deadline));
  }

  private static <S extends AbstractStub<S>> S limited(S stub, Optional<Deadline> deadline) {
    return deadline.map(stub::withDeadline).orElse(stub);
  }

  /**
   * Returns the answer to a call.
   *
   * @throws ExecutionException if the call failed, or the build before it
   */
  <T> T ask(Function<LLBBridgeFutureStub, Future<T>> call)
      throws ExecutionException, InterruptedException {
    Future<T> answer = call.apply(bridge);
    try {
      return answer.get();
    } catch (ExecutionException e) {
      requireAlive();
      throw e;
    } finally {
      answer.cancel(true);
    }
  }

  /** A call only knows that the build is gone, where the build knows why. */
  private void requireAlive() throws ExecutionException, InterruptedException {
    if (build.isDone()) {
      var unused = build.get();
    }
  }

  /** Ends the build without a result. */
  void returnNothing() throws ExecutionException, InterruptedException {
    // A return with neither a result nor an error ends the daemon.
    ReturnRequest nothing =
        ReturnRequest.newBuilder().setResult(Result.getDefaultInstance()).build();
    var unused = ask(frontend -> frontend.return_(nothing));
    var ignored = build.get();
  }

  @Override
  public void close() {
    build.cancel(true);
  }
}
