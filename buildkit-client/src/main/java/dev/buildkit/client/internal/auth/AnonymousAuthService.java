/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import dev.buildkit.api.AuthGrpc;
import dev.buildkit.api.AuthProto.CredentialsRequest;
import dev.buildkit.api.AuthProto.CredentialsResponse;
import io.grpc.stub.StreamObserver;

/**
 * Answers that there are no credentials for any registry.
 *
 * <p>The empty answer lets the daemon go on anonymously, while an error would fail the pull. The
 * token methods stay unimplemented, which tells the daemon to fetch tokens by itself.
 */
public final class AnonymousAuthService extends AuthGrpc.AuthImplBase {
  @Override
  public void credentials(
      CredentialsRequest request, StreamObserver<CredentialsResponse> response) {
    response.onNext(CredentialsResponse.getDefaultInstance());
    response.onCompleted();
  }
}
