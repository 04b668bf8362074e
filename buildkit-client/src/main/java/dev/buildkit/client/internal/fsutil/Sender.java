/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import dev.buildkit.client.file.FileTree;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Sends a tree over a call: the entries that pass a filter, and the content of those that the receiver asks for.
 *
 * <p>The walk and a few files go on side by side, each as a {@link Lane} that the executor runs when the call has room. So
 * no thread waits for the receiver, and memory holds one chunk for each file being read, whatever the size of the tree.
 */
public final class Sender extends ServerCall.Listener<Packet> {
  /** Files that are read at once: they hide the time that a disk takes to find one. */
  private static final int FILE_LANES = 4;

  private final Outbox outbox;
  private final Executor executor;
  private final Consumer<Throwable> onFailure;
  private final FileTable files = new FileTable();
  private final RequestQueue requests;
  private final AtomicBoolean failed = new AtomicBoolean();

  private Sender(ServerCall<?, Packet> call, Executor executor, Consumer<Throwable> onFailure) {
    this.executor = executor;
    this.onFailure = onFailure;
    outbox = new Outbox(call, executor);
    requests = new RequestQueue(executor);
  }

  /**
   * Starts to send.
   *
   * @param executor runs what reads the tree, which may block
   * @param onFailure is told why the tree cannot be read, before the receiver is
   */
  public static Sender start(
      ServerCall<?, Packet> call,
      FileTree tree,
      TreeFilter filter,
      Executor executor,
      Consumer<Throwable> onFailure) {
    call.setOnReadyThreshold(FileSource.CHUNK_BYTES);
    call.sendHeaders(new Metadata());
    // Requests are as small as the room that they take here.
    call.request(Integer.MAX_VALUE);
    Sender sender = new Sender(call, executor, onFailure);
    sender.start(tree, filter);
    return sender;
  }

  private void start(FileTree tree, TreeFilter filter) {
    for (int i = 0; i < FILE_LANES; i++) {
      // Finds no request yet, and so waits for one.
      lane(new FileSource(tree, files, requests)).run();
    }
    executor.execute(lane(new WalkSource(tree, filter, files, outbox::isClosed)));
  }

  private Lane lane(PacketSource source) {
    return new Lane(source, outbox, this::fail);
  }

  private void fail(Throwable cause) {
    if (outbox.isClosed() || !failed.compareAndSet(false, true)) {
      return;
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    Status status = Status.UNKNOWN.withDescription(message).withCause(cause);
    try {
      onFailure.accept(cause);
    } finally {
      outbox.close(new Packet.Failure(message), status);
    }
  }

  @Override
  public void onMessage(Packet packet) {
    if (packet instanceof Packet.Request request) {
      request(request.id());
    } else if (packet instanceof Packet.Finish finish) {
      outbox.close(finish, Status.OK);
    } else if (packet instanceof Packet.Failure failure) {
      outbox.close(Status.UNKNOWN.withDescription("error from receiver: " + failure.message()));
    }
  }

  private void request(int id) {
    if (files.request(id)) {
      requests.add(id);
    } else {
      String message = "invalid file id " + Integer.toUnsignedString(id);
      outbox.close(Status.UNKNOWN.withDescription(message));
    }
  }

  @Override
  public void onReady() {
    outbox.onReady();
  }

  @Override
  public void onHalfClose() {
    outbox.close(
        Status.UNKNOWN.withDescription("the receiver left before the transfer was complete"));
  }

  @Override
  public void onCancel() {
    outbox.onCancel();
  }
}
