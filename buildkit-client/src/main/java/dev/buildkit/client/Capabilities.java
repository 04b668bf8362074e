/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.CapsProto.APICap;
import dev.buildkit.api.ControlGrpc;
import dev.buildkit.api.ControlProto;
import dev.buildkit.api.GatewayProto.PingRequest;
import dev.buildkit.api.GatewayProto.Result;
import dev.buildkit.api.GatewayProto.ReturnRequest;
import dev.buildkit.api.LLBBridgeGrpc;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * What a daemon says that it can do. It says so only to the frontend of a build, and so there is one without steps whose
 * frontend is this client.
 */
final class Capabilities {
  /** The daemon runs all exporters of a solve, and not the first alone. */
  static final String SEVERAL_EXPORTERS = "exporter.multiple";

  private static final Metadata.Key<String> BUILD =
      Metadata.Key.of("buildkit-controlapi-buildid", Metadata.ASCII_STRING_MARSHALLER);

  private Capabilities() {}

  /** Returns the ids of what is enabled for graphs, exporters and caches. */
  static Set<String> of(ManagedChannel channel, Deadline deadline)
      throws ExecutionException, InterruptedException {
    String ref = Identity.random();
    Future<?> build = ControlGrpc.newFutureStub(channel)
        .withDeadline(deadline)
        .solve(
            ControlProto.SolveRequest.newBuilder().setRef(ref).setInternal(true).build());
    try {
      Set<String> enabled = ask(bridge(channel, ref).withDeadline(deadline));
      var unused = build.get();
      return enabled;
    } finally {
      build.cancel(true);
    }
  }

  private static Set<String> ask(LLBBridgeGrpc.LLBBridgeFutureStub bridge)
      throws ExecutionException, InterruptedException {
    List<APICap> capabilities =
        bridge.ping(PingRequest.getDefaultInstance()).get().getLLBCapsList();
    // A return with neither a result nor an error ends the daemon.
    ReturnRequest nothing =
        ReturnRequest.newBuilder().setResult(Result.getDefaultInstance()).build();
    var unused = bridge.return_(nothing).get();
    return capabilities.stream()
        .filter(APICap::getEnabled)
        .map(APICap::getID)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static LLBBridgeGrpc.LLBBridgeFutureStub bridge(ManagedChannel channel, String ref) {
    Metadata headers = new Metadata();
    headers.put(BUILD, ref);
    return LLBBridgeGrpc.newFutureStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }
}
