/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.api.HealthGrpc;
import dev.buildkit.api.HealthProto.HealthCheckRequest;
import dev.buildkit.api.HealthProto.HealthCheckResponse;
import dev.buildkit.api.HealthProto.HealthCheckResponse.ServingStatus;
import io.grpc.stub.StreamObserver;

/** Answers the daemon's regular question whether the session is alive; a session that does not answer is dropped. */
public final class HealthService extends HealthGrpc.HealthImplBase {
  private static final HealthCheckResponse SERVING =
      HealthCheckResponse.newBuilder().setStatus(ServingStatus.SERVING).build();

  @Override
  public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> response) {
    response.onNext(SERVING);
    response.onCompleted();
  }
}
