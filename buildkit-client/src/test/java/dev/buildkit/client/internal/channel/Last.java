/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import com.google.protobuf.ByteString;
import dev.buildkit.api.FileSyncProto.BytesMessage;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** Keeps the last message of a call. */
final class Last implements StreamObserver<BytesMessage> {
  private final CompletableFuture<ByteString> result;
  private ByteString last = ByteString.EMPTY;

  Last(CompletableFuture<ByteString> result) {
    this.result = result;
  }

  @Override
  public void onNext(BytesMessage message) {
    last = message.getData();
  }

  @Override
  public void onError(Throwable cause) {
    result.completeExceptionally(cause);
  }

  @Override
  public void onCompleted() {
    result.complete(last);
  }
}
