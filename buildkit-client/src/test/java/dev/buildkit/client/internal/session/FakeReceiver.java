/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.client.internal.fsutil.Packet;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A daemon's side of one call to a {@link FileSyncService}, over a real connection.
 *
 * <p>Every packet has to be asked for, so that the sender meets back-pressure.
 */
final class FakeReceiver implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 60;

  private final Server server;
  private final ManagedChannel channel;
  private final ClientCall<Packet, Packet> call;
  private final BlockingQueue<Packet> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> status = new CompletableFuture<>();

  FakeReceiver(ServerServiceDefinition service, String method, Metadata headers)
      throws IOException {
    server = NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .addService(service)
        .build()
        .start();
    channel = NettyChannelBuilder.forAddress(server.getListenSockets().get(0))
        .usePlaintext()
        .build();
    call = channel.newCall(method(service, method), CallOptions.DEFAULT);
    call.start(new Listener(), headers);
  }

  @SuppressWarnings("unchecked") // All methods of the service take and give packets.
  private static MethodDescriptor<Packet, Packet> method(
      ServerServiceDefinition service, String method) {
    String name = service.getServiceDescriptor().getName() + "/" + method;
    return (MethodDescriptor<Packet, Packet>) service.getMethod(name).getMethodDescriptor();
  }

  private final class Listener extends ClientCall.Listener<Packet> {
    @Override
    public void onMessage(Packet message) {
      received.add(message);
    }

    @Override
    public void onClose(Status closed, Metadata trailers) {
      status.complete(closed);
    }
  }

  void send(Packet packet) {
    call.sendMessage(packet);
  }

  void halfClose() {
    call.halfClose();
  }

  void cancel() {
    call.cancel("test", null);
  }

  /** Waits for the next packet. */
  Packet receive() throws InterruptedException {
    call.request(1);
    Packet packet = received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (packet == null) {
      throw new AssertionError("no packet came; the status is " + status.getNow(null));
    }
    return packet;
  }

  /** Waits for the end of the call. */
  Status status() throws Exception {
    call.request(1);
    return status.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
