/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.api.UploadGrpc;
import dev.buildkit.api.UploadProto.BytesMessage;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.channels.ReadableByteChannel;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends streams that the daemon asks for by a URL of the session, each of them once. */
public final class UploadService extends UploadGrpc.UploadImplBase {
  /** The host that stands for the session. */
  public static final String HOST = "buildkit-session";

  private static final String PATH_HEADER = "urlpath";
  private static final int CHUNK_BYTES = 256 * 1024;

  private final Map<String, ReadableByteChannel> sources;
  private final Set<String> pulled = ConcurrentHashMap.newKeySet();

  private UploadService(Map<String, ReadableByteChannel> sources) {
    this.sources = Map.copyOf(sources);
  }

  /** Returns the service for streams by the paths of their URLs. */
  public static ServerServiceDefinition of(Map<String, ReadableByteChannel> sources) {
    return CallScope.around(new UploadService(sources));
  }

  @Override
  public StreamObserver<BytesMessage> pull(StreamObserver<BytesMessage> response) {
    String path = CallScope.current().header(PATH_HEADER);
    ReadableByteChannel source = sources.get(path);
    if (source == null) {
      return refuse(response, Status.NOT_FOUND, "upload " + path + ": there is none of this path");
    }
    if (!pulled.add(path)) {
      return refuse(
          response,
          Status.FAILED_PRECONDITION,
          "upload " + path + ": it was read before; a stream can be sent once");
    }
    CallScope.closeAtEnd(source);
    var call = (ServerCallStreamObserver<BytesMessage>) response;
    call.setOnReadyHandler(new ChunkSender<>(
        call,
        "upload " + path,
        source,
        CHUNK_BYTES,
        bytes -> BytesMessage.newBuilder().setData(bytes).build())::send);
    return new IgnoredBytes<>();
  }

  private static StreamObserver<BytesMessage> refuse(
      StreamObserver<BytesMessage> response, Status status, String why) {
    response.onError(status.withDescription(why).asRuntimeException());
    return new IgnoredBytes<>();
  }
}
