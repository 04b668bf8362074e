/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import io.grpc.stub.StreamObserver;

/** Takes what nobody wants: the daemon's side of a call that only sends, or was refused. */
final class IgnoredBytes<M> implements StreamObserver<M> {
  @Override
  public void onNext(M message) {}

  @Override
  public void onError(Throwable cancelled) {}

  @Override
  public void onCompleted() {}
}
