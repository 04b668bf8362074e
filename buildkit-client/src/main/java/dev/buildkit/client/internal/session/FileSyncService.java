/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.client.file.FileTree;
import dev.buildkit.client.internal.fsutil.Packet;
import dev.buildkit.client.internal.fsutil.PacketMarshaller;
import dev.buildkit.client.internal.fsutil.Sender;
import dev.buildkit.client.internal.fsutil.TreeFilter;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.util.Map;
import java.util.concurrent.Executor;

/** Serves local directories to a daemon. Thread-safe. */
public final class FileSyncService {
  private static final String SERVICE = "moby.filesync.v1.FileSync";
  private static final MethodDescriptor<Packet, Packet> DIFF_COPY = method("DiffCopy");
  private static final MethodDescriptor<Packet, Packet> TAR_STREAM = method("TarStream");

  private final Map<String, FileTree> trees;
  private final Executor executor;
  private final FailureListener onFailure;

  /**
   * Creates the service.
   *
   * @param trees what to serve, by the names of the local sources
   * @param executor runs what reads the trees, which may block; not owned
   */
  public FileSyncService(
      Map<String, ? extends FileTree> trees, Executor executor, FailureListener onFailure) {
    this.trees = Map.copyOf(trees);
    this.executor = executor;
    this.onFailure = onFailure;
  }

  /** Is told why a directory could not be sent, as the daemon only knows that it was not. */
  @FunctionalInterface
  public interface FailureListener {
    /**
     * Takes the cause, before the daemon does; called by a thread of the executor.
     *
     * @param directory the name of the local source
     * @param cause names the file in its message
     */
    void onFailure(String directory, Throwable cause);
  }

  private static MethodDescriptor<Packet, Packet> method(String name) {
    return MethodDescriptor.<Packet, Packet>newBuilder()
        .setType(MethodType.BIDI_STREAMING)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(PacketMarshaller.INSTANCE)
        .setResponseMarshaller(PacketMarshaller.INSTANCE)
        .build();
  }

  /** Returns the service for a gRPC server. */
  public ServerServiceDefinition definition() {
    return ServerServiceDefinition.builder(SERVICE)
        .addMethod(DIFF_COPY, this::diffCopy)
        .addMethod(TAR_STREAM, (call, headers) -> refuse(call, Status.UNIMPLEMENTED))
        .build();
  }

  private ServerCall.Listener<Packet> diffCopy(ServerCall<Packet, Packet> call, Metadata headers) {
    String directory;
    TreeFilter filter;
    try {
      directory = FileSyncHeaders.directory(headers);
      filter = FileSyncHeaders.filter(headers);
    } catch (IllegalArgumentException e) {
      return refuse(
          call, Status.INVALID_ARGUMENT.withDescription(e.getMessage()).withCause(e));
    }
    FileTree tree = trees.get(directory);
    if (tree == null) {
      String message = "no access allowed to dir \"" + directory + "\"";
      return refuse(call, Status.NOT_FOUND.withDescription(message));
    }
    return Sender.start(
        call, tree, filter, executor, cause -> onFailure.onFailure(directory, cause));
  }

  private static ServerCall.Listener<Packet> refuse(
      ServerCall<Packet, Packet> call, Status status) {
    call.close(status, new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
