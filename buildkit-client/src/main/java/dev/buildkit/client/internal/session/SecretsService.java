/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import com.google.protobuf.UnsafeByteOperations;
import dev.buildkit.api.SecretsGrpc;
import dev.buildkit.api.SecretsProto.GetSecretRequest;
import dev.buildkit.api.SecretsProto.GetSecretResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.function.Function;

/** Hands out secrets by id; an unknown id is NOT_FOUND, which lets an optional mount disappear. */
public final class SecretsService extends SecretsGrpc.SecretsImplBase {
  private final Function<String, Optional<byte[]>> lookup;

  /** Serves what the lookup finds; the arrays that it returns are handed over. */
  public SecretsService(Function<String, Optional<byte[]>> lookup) {
    this.lookup = lookup;
  }

  @Override
  public void getSecret(GetSecretRequest request, StreamObserver<GetSecretResponse> response) {
    Optional<byte[]> value;
    try {
      value = lookup.apply(request.getID());
    } catch (RuntimeException e) {
      response.onError(
          Status.UNKNOWN.withDescription(e.getMessage()).withCause(e).asRuntimeException());
      return;
    }
    if (value.isEmpty()) {
      response.onError(Status.NOT_FOUND
          .withDescription("secret " + request.getID() + ": not found")
          .asRuntimeException());
      return;
    }
    response.onNext(GetSecretResponse.newBuilder()
        .setData(UnsafeByteOperations.unsafeWrap(value.get()))
        .build());
    response.onCompleted();
  }
}
