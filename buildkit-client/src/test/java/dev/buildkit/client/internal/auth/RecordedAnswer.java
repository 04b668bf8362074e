/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import static java.util.Objects.requireNonNull;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** What a service answered to one call. */
final class RecordedAnswer<T> implements StreamObserver<T> {
  private @Nullable T value;
  private Status status = Status.UNKNOWN.withDescription("no answer yet");

  @Override
  public void onNext(T next) {
    value = next;
  }

  @Override
  public void onError(Throwable failure) {
    status = Status.fromThrowable(failure);
  }

  @Override
  public void onCompleted() {
    status = Status.OK;
  }

  T value() {
    if (!status.isOk()) {
      throw new AssertionError(status);
    }
    return requireNonNull(value);
  }

  Status status() {
    return status;
  }
}
