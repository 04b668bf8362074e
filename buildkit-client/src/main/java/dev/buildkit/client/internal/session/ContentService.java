/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.buildkit.api.ContentGrpc;
import dev.buildkit.api.ContentProto.Info;
import dev.buildkit.api.ContentProto.InfoRequest;
import dev.buildkit.api.ContentProto.InfoResponse;
import dev.buildkit.api.ContentProto.ListContentRequest;
import dev.buildkit.api.ContentProto.ListContentResponse;
import dev.buildkit.api.ContentProto.ReadContentRequest;
import dev.buildkit.api.ContentProto.ReadContentResponse;
import dev.buildkit.api.ContentProto.WriteContentRequest;
import dev.buildkit.api.ContentProto.WriteContentResponse;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** Lets the daemon read the blobs of OCI layouts, and add blobs to some; what else would change them is not implemented. */
public final class ContentService extends ContentGrpc.ContentImplBase {
  private static final String STORE_HEADER = "buildkit-attachable-store-id";
  private static final int CHUNK_BYTES = 256 * 1024;

  private final Map<String, ContentStore> stores;

  private ContentService(Map<String, ContentStore> stores) {
    this.stores = Map.copyOf(stores);
  }

  /** Returns the service for stores by their ids, such as {@code oci:app}. */
  public static ServerServiceDefinition of(Map<String, ContentStore> stores) {
    return CallScope.around(new ContentService(stores));
  }

  /** Returns the service for stores by their ids, beside another one that has what they do not. */
  public static ServerServiceDefinition of(
      Map<String, ContentStore> stores, ServerServiceDefinition others) {
    return HeaderRoutes.of(STORE_HEADER, stores.keySet(), of(stores), others);
  }

  @Override
  public void info(InfoRequest request, StreamObserver<InfoResponse> response) {
    attempt(response, () -> {
      Info info = info(request.getDigest(), layout().blob(request.getDigest()));
      response.onNext(InfoResponse.newBuilder().setInfo(info).build());
      response.onCompleted();
    });
  }

  @Override
  public void list(ListContentRequest request, StreamObserver<ListContentResponse> response) {
    attempt(response, () -> {
      if (request.getFiltersCount() > 0) {
        throw Status.UNIMPLEMENTED.withDescription("filters of an OCI layout").asRuntimeException();
      }
      OciLayout store = layout();
      for (String digest : store.digests()) {
        Info info = info(digest, store.blob(digest));
        response.onNext(ListContentResponse.newBuilder().addInfo(info).build());
      }
      response.onCompleted();
    });
  }

  @Override
  public void read(ReadContentRequest request, StreamObserver<ReadContentResponse> response) {
    attempt(response, () -> {
      Path blob = layout().blob(request.getDigest());
      FileRange range = FileRange.open(blob, request.getOffset(), request.getSize());
      CallScope.closeAtEnd(range);
      var call = (ServerCallStreamObserver<ReadContentResponse>) response;
      call.setOnReadyHandler(new ChunkSender<>(
          call, "blob " + request.getDigest(), range, CHUNK_BYTES, new Part())::send);
    });
  }

  @Override
  public StreamObserver<WriteContentRequest> write(StreamObserver<WriteContentResponse> response) {
    return new ContentWrite(this::ingests, response);
  }

  private OciLayout layout() {
    return store().layout();
  }

  private Ingests ingests() {
    return store()
        .ingests()
        .orElseThrow(() -> Status.PERMISSION_DENIED
            .withDescription("the store is only read here")
            .asRuntimeException());
  }

  private ContentStore store() {
    String id = CallScope.current().header(STORE_HEADER);
    if (id.isEmpty()) {
      throw Status.INVALID_ARGUMENT
          .withDescription("the header " + STORE_HEADER + " is missing")
          .asRuntimeException();
    }
    ContentStore store = stores.get(id);
    if (store == null) {
      throw Status.NOT_FOUND
          .withDescription("the client offers no store " + id + ", but " + stores.keySet()
              + "; add it to OciStores")
          .asRuntimeException();
    }
    return store;
  }

  private static Info info(String digest, Path blob) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(blob, BasicFileAttributes.class);
    return Info.newBuilder()
        .setDigest(digest)
        .setSize(attributes.size())
        .setCreatedAt(timestamp(attributes.creationTime()))
        .setUpdatedAt(timestamp(attributes.lastModifiedTime()))
        .build();
  }

  private static Timestamp timestamp(FileTime time) {
    Instant instant = time.toInstant();
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /** Returns whether it went well; otherwise the call has failed with the reason. */
  @CanIgnoreReturnValue
  static boolean attempt(StreamObserver<?> response, Step step) {
    try {
      step.run();
      return true;
    } catch (StatusRuntimeException e) {
      response.onError(e);
    } catch (IllegalArgumentException e) {
      response.onError(Status.INVALID_ARGUMENT
          .withDescription(e.getMessage())
          .withCause(e)
          .asRuntimeException());
    } catch (NoSuchFileException e) {
      response.onError(
          Status.NOT_FOUND.withDescription(e.getMessage()).withCause(e).asRuntimeException());
    } catch (IOException e) {
      response.onError(
          Status.UNKNOWN.withDescription(e.getMessage()).withCause(e).asRuntimeException());
    }
    return false;
  }

  /** A part of a call that may fail. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /** Makes messages of pieces, and counts where they begin. */
  private static final class Part implements Function<ByteString, ReadContentResponse> {
    private long offset;

    @Override
    public ReadContentResponse apply(ByteString bytes) {
      ReadContentResponse part =
          ReadContentResponse.newBuilder().setOffset(offset).setData(bytes).build();
      offset += bytes.size();
      return part;
    }
  }
}
