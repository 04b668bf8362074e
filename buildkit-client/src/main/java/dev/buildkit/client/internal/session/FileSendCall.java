/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.client.internal.fsutil.Packet;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * One call of the daemon that brings an export.
 *
 * <p>gRPC calls the methods one after the other, on an executor that may block. What is asked for and
 * not taken yet waits in the transport, so that a slow disk slows the daemon down.
 */
final class FileSendCall extends ServerCall.Listener<InputStream> {
  private final ServerCall<InputStream, Packet> call;
  private final ReceivedExports exports;
  private final Export export;
  private final Transfer transfer;
  private int taken;
  private boolean ended;

  private FileSendCall(
      ServerCall<InputStream, Packet> call,
      ReceivedExports exports,
      Export export,
      Transfer transfer) {
    this.call = call;
    this.exports = exports;
    this.export = export;
    this.transfer = transfer;
  }

  /** Opens the transfer that the headers name, or ends the call. */
  static ServerCall.Listener<InputStream> start(
      ServerCall<InputStream, Packet> call, Metadata headers, ReceivedExports exports) {
    String id = FileSendHeaders.exporterId(headers);
    Export export = exports.find(id);
    if (export == null) {
      return refuse(call, Status.NOT_FOUND.withDescription("exporter " + id + " not found"));
    }
    if (!export.gate().enter()) {
      return refuse(call, ended());
    }
    try {
      Transfer transfer = export.open(headers);
      call.sendHeaders(new Metadata());
      call.request(transfer.window());
      return new FileSendCall(call, exports, export, transfer);
    } catch (IOException | RuntimeException e) {
      return refuse(call, exports.fail(export, e));
    } finally {
      export.gate().leave();
    }
  }

  private static ServerCall.Listener<InputStream> refuse(ServerCall<?, ?> call, Status status) {
    call.close(status, new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private static Status ended() {
    return Status.CANCELLED.withDescription("the solve has ended");
  }

  @Override
  public void onMessage(InputStream message) {
    step(() -> {
      transfer.message(message);
      taken++;
      if (taken == transfer.window() / 2) {
        call.request(taken);
        taken = 0;
      }
    });
  }

  @Override
  public void onHalfClose() {
    step(transfer::end);
  }

  @Override
  public void onReady() {
    step(() -> {});
  }

  /** The way in which a daemon ends a transfer of files, or any that it gives up. */
  @Override
  public void onCancel() {
    if (!ended) {
      ended = true;
      giveUp();
    }
  }

  /** Does a part of the work, and then sends and ends what has become due. */
  private void step(Step step) {
    if (ended) {
      return;
    }
    if (!export.gate().enter()) {
      close(ended());
      return;
    }
    try {
      step.run();
      send();
      if (transfer.isFinished()) {
        close(Status.OK);
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    } finally {
      export.gate().leave();
    }
  }

  private void send() {
    while (call.isReady()) {
      Optional<Packet> packet = transfer.poll();
      if (packet.isEmpty()) {
        return;
      }
      call.sendMessage(packet.get());
    }
  }

  private void fail(Exception cause) {
    Status status = exports.fail(export, cause);
    transfer.failure(status.getDescription()).ifPresent(call::sendMessage);
    close(status);
  }

  private void close(Status status) {
    ended = true;
    giveUp();
    call.close(status, new Metadata());
  }

  private void giveUp() {
    try {
      transfer.cancel();
    } catch (IOException e) {
      exports.fail(export, e);
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}
