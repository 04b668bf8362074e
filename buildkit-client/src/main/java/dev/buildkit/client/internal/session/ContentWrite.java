/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.util.Objects.requireNonNull;

import dev.buildkit.api.ContentProto.WriteAction;
import dev.buildkit.api.ContentProto.WriteContentRequest;
import dev.buildkit.api.ContentProto.WriteContentResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** One call of the daemon that writes a blob. Each request has one answer; the first one names the transfer. */
final class ContentWrite implements StreamObserver<WriteContentRequest> {
  /** Finds where to write when the first request has come. */
  @FunctionalInterface
  interface Target {
    Ingests ingests();
  }

  private final Target target;
  private final StreamObserver<WriteContentResponse> response;
  private @Nullable Ingest ingest;
  private String expected = "";
  private long total;
  private boolean over;

  ContentWrite(Target target, StreamObserver<WriteContentResponse> response) {
    this.target = target;
    this.response = response;
  }

  @Override
  public void onNext(WriteContentRequest request) {
    if (!over && !ContentService.attempt(response, () -> answer(request))) {
      over = true;
      if (ingest != null) {
        CallScope.close(ingest);
      }
    }
  }

  private void answer(WriteContentRequest request) throws IOException {
    if (request.getTotal() > 0) {
      total = request.getTotal();
    }
    if (!request.getExpected().isEmpty()) {
      expected = request.getExpected();
    }
    Ingests ingests = target.ingests();
    try {
      store(request, ingests);
    } catch (ClosedChannelException e) {
      // The call is over.
      throw e;
    } catch (IOException e) {
      throw ingests.failed(e);
    }
  }

  private void store(WriteContentRequest request, Ingests ingests) throws IOException {
    if (ingest == null) {
      ingest = ingests.begin(request.getRef(), expected);
      CallScope.closeAtEnd(ingest);
    }
    Ingest blob = requireNonNull(ingest);
    if (request.getAction() != WriteAction.STAT && !request.getData().isEmpty()) {
      blob.write(request.getOffset(), request.getData());
    }
    WriteContentResponse answer = WriteContentResponse.newBuilder()
        .setAction(request.getAction())
        .setOffset(blob.size())
        .setTotal(total)
        .setDigest(blob.digest())
        .build();
    switch (request.getAction()) {
      case STAT, WRITE -> response.onNext(answer);
      case COMMIT -> {
        blob.commit(total, expected);
        over = true;
        response.onNext(answer);
        response.onCompleted();
      }
      default ->
        throw Status.INVALID_ARGUMENT
            .withDescription("the action of a write is none")
            .asRuntimeException();
    }
  }

  @Override
  public void onError(Throwable cancelled) {
    // The scope of the call has closed the blob.
  }

  @Override
  public void onCompleted() {
    if (!over) {
      over = true;
      response.onCompleted();
    }
  }
}
