/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static org.awaitility.Awaitility.await;

import dev.buildkit.client.internal.channel.SessionWorkers;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves services as a session does, on loopback, and lets a test call them as a daemon does. */
final class ServedCalls implements AutoCloseable {
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final Server server;
  private final ManagedChannel channel;

  ServedCalls(ServerServiceDefinition service) throws IOException {
    server = NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            InsecureServerCredentials.create())
        .executor(workers)
        .addTransportFilter(SessionWorkers.offer(workers))
        .addService(service)
        .build()
        .start();
    channel = Grpc.newChannelBuilder(
            "127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
        .build();
  }

  /** Returns a channel whose calls have a header. */
  Channel with(String header, String value) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER), value);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  Channel withoutHeader() {
    return channel;
  }

  /** Returns when all handlers have run. */
  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    await().until(() -> channel.isTerminated() && server.isTerminated());
    workers.shutdown();
    await().until(workers::isTerminated);
  }
}
