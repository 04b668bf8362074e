/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.CapsProto.APICap;
import dev.buildkit.api.ControlProto;
import dev.buildkit.api.GatewayProto.PingRequest;
import dev.buildkit.api.GatewayProto.PongResponse;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * What a daemon says that it can do. It says so only to the frontend of a build, and so there is one without steps whose
 * frontend is this client.
 *
 * @param llb the ids of what is enabled for graphs, exporters and caches
 * @param frontend the ids of what frontends may ask
 */
record Capabilities(Set<String> llb, Set<String> frontend) {
  /** The daemon runs all exporters of a solve, and not the first alone. */
  static final String SEVERAL_EXPORTERS = "exporter.multiple";

  /** Frontends may ask for the metadata of all sources, and not for image configs alone. */
  static final String SOURCE_METADATA = "source.metaresolver";

  /** They may also ask for attestation chains of images. */
  static final String ATTESTATION_CHAIN = "source.metaresolver.image.attestations";

  /** They may also ask for digests of downloads. */
  static final String HTTP_CHECKSUM = "source.metaresolver.http.checksumrequest";

  /** Opens a build to ask. */
  static Capabilities of(ManagedChannel channel, Deadline deadline)
      throws ExecutionException, InterruptedException {
    ControlProto.SolveRequest request = ControlProto.SolveRequest.newBuilder()
        .setRef(Identity.random())
        .setInternal(true)
        .build();
    try (GatewayBuild build = GatewayBuild.start(channel, request, Optional.of(deadline))) {
      Capabilities capabilities = of(build);
      build.returnNothing();
      return capabilities;
    }
  }

  /** Asks in a build that there is. */
  static Capabilities of(GatewayBuild build) throws ExecutionException, InterruptedException {
    PongResponse pong = build.ask(frontend -> frontend.ping(PingRequest.getDefaultInstance()));
    return new Capabilities(enabled(pong.getLLBCapsList()), enabled(pong.getFrontendAPICapsList()));
  }

  private static Set<String> enabled(List<APICap> capabilities) {
    return capabilities.stream()
        .filter(APICap::getEnabled)
        .map(APICap::getID)
        .collect(Collectors.toUnmodifiableSet());
  }
}
