/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static org.awaitility.Awaitility.await;

import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A gRPC server and its one client, with a pair of pipes between them and threads of its own on each side. */
final class PipedGrpc implements AutoCloseable {
  private final ClientThreads serverThreads = new ClientThreads();
  private final ClientThreads clientThreads = new ClientThreads();
  private final MemoryPipe clientEnd = MemoryPipe.create();
  private final Server server;
  private final ManagedChannel channel;

  private PipedGrpc(List<BindableService> services) {
    server = SessionServer.start(
        clientEnd.other(),
        services.stream().map(BindableService::bindService).toList(),
        serverThreads.workers(),
        serverThreads.io());
    channel = DaemonChannel.open(
        Route.throughPipes(
            new PipeAddress("test"), () -> CompletableFuture.completedFuture(clientEnd)),
        "localhost",
        Duration.ofMinutes(1),
        clientThreads);
  }

  static PipedGrpc serving(BindableService... services) {
    return new PipedGrpc(Stream.of(services).toList());
  }

  ManagedChannel channel() {
    return channel;
  }

  Server server() {
    return server;
  }

  MemoryPipe clientEnd() {
    return clientEnd;
  }

  MemoryPipe serverEnd() {
    return clientEnd.other();
  }

  ClientThreads serverThreads() {
    return serverThreads;
  }

  ClientThreads clientThreads() {
    return clientThreads;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    await().until(() -> channel.isTerminated() && server.isTerminated());
    clientThreads.close();
    serverThreads.close();
  }
}
