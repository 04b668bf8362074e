/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import dev.buildkit.api.FileSendGrpc;
import dev.buildkit.api.FileSyncProto.BytesMessage;
import dev.buildkit.api.HealthGrpc;
import dev.buildkit.api.HealthProto.HealthCheckRequest;
import dev.buildkit.api.HealthProto.HealthCheckResponse;
import dev.buildkit.api.HealthProto.HealthCheckResponse.ServingStatus;
import io.grpc.stub.StreamObserver;

/** Services that are there to be called. */
final class Echo {
  /** Sends each message back, and ends when the caller does. */
  static final class Stream extends FileSendGrpc.FileSendImplBase {
    @Override
    public StreamObserver<BytesMessage> diffCopy(StreamObserver<BytesMessage> answers) {
      return answers;
    }
  }

  /** Says that all is well. */
  static final class Health extends HealthGrpc.HealthImplBase {
    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> answer) {
      answer.onNext(
          HealthCheckResponse.newBuilder().setStatus(ServingStatus.SERVING).build());
      answer.onCompleted();
    }
  }

  private Echo() {}
}
