/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.ContentGrpc;
import dev.buildkit.api.ContentProto.ReadContentRequest;
import dev.buildkit.api.ContentProto.ReadContentResponse;
import dev.buildkit.llb.Digest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Collects a small blob of the daemon's store, such as a manifest. */
final class ContentReader implements StreamObserver<ReadContentResponse> {
  private final int maxBytes;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> content = new CompletableFuture<>();

  private ContentReader(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Returns the content of a blob. The call belongs to the current gRPC context, which ends it.
   *
   * @throws ExecutionException if the daemon does not have it, or it is too large
   */
  static byte[] read(Channel channel, Digest digest, int maxBytes)
      throws ExecutionException, InterruptedException {
    ContentReader reader = new ContentReader(maxBytes);
    ContentGrpc.newStub(channel)
        .read(ReadContentRequest.newBuilder().setDigest(digest.toString()).build(), reader);
    return reader.content.get();
  }

  @Override
  public void onNext(ReadContentResponse part) {
    if (received.size() + part.getData().size() > maxBytes) {
      throw Status.OUT_OF_RANGE
          .withDescription("the blob has more than " + maxBytes + " bytes")
          .asRuntimeException();
    }
    try {
      part.getData().writeTo(received);
    } catch (IOException e) {
      throw new AssertionError("memory takes all bytes", e);
    }
  }

  @Override
  public void onError(Throwable failure) {
    content.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    content.complete(received.toByteArray());
  }
}
