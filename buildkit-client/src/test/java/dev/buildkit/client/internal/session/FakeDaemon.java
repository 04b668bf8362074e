/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static org.awaitility.Awaitility.await;

import dev.buildkit.api.FileSendGrpc;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the exports of a solve on loopback, and calls them the way that a daemon does. */
final class FakeDaemon implements AutoCloseable {
  private static final MethodDescriptor<byte[], byte[]> DIFF_COPY =
      FileSendGrpc.getDiffCopyMethod().toBuilder(new Bytes(), new Bytes()).build();

  private final ExecutorService handlers = Executors.newCachedThreadPool();
  private final Server server;
  private final ManagedChannel channel;

  FakeDaemon(ReceivedExports exports) throws IOException {
    server = NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            InsecureServerCredentials.create())
        .executor(handlers)
        .addService(FileSendService.of(exports))
        .build()
        .start();
    channel = Grpc.newChannelBuilder(
            "127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
        .build();
  }

  /** Starts a call with headers, given as names and values in turn. */
  FakeCall call(String... headers) {
    Metadata metadata = new Metadata();
    for (int i = 0; i < headers.length; i += 2) {
      metadata.put(Metadata.Key.of(headers[i], Metadata.ASCII_STRING_MARSHALLER), headers[i + 1]);
    }
    return new FakeCall(channel.newCall(DIFF_COPY, CallOptions.DEFAULT), metadata);
  }

  /** Returns when all handlers have run. */
  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    await().until(() -> channel.isTerminated() && server.isTerminated());
    handlers.shutdown();
    await().until(handlers::isTerminated);
  }

  private static final class Bytes implements Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream message) {
      try {
        return message.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
