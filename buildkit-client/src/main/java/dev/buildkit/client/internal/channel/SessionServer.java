/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** The gRPC server of a session, whose only connection is a pipe. */
final class SessionServer {

  /** Go's servers allow 250, and every file transfer, secret and credential is a call of its own. */
  private static final int MAX_CALLS = 1_024;

  /** Starts a server. It and its connection run on the given loop, handlers on the executor. */
  static Server start(
      BytePipe pipe, List<ServerServiceDefinition> services, Executor handlers, EventLoop loop) {
    PipeAddress peer = new PipeAddress("session");
    Server server = NettyServerBuilder.forAddress(peer, InsecureServerCredentials.create())
        .channelFactory(() -> new PipeServerChannel(peer, pipe))
        .bossEventLoopGroup(loop)
        .workerEventLoopGroup(loop)
        .executor(handlers)
        .addTransportFilter(SessionWorkers.offer(handlers))
        .addServices(services)
        .flowControlWindow(DaemonChannel.WINDOW_BYTES)
        .maxInboundMessageSize(DaemonChannel.MAX_MESSAGE_BYTES)
        .maxInboundMetadataSize(DaemonChannel.MAX_METADATA_BYTES)
        .maxConcurrentCallsPerConnection(MAX_CALLS)
        // The daemon pings as often as it likes, and does not connect twice.
        .permitKeepAliveTime(0, TimeUnit.NANOSECONDS)
        .permitKeepAliveWithoutCalls(true)
        .build();
    try {
      return server.start();
    } catch (IOException | RejectedExecutionException e) {
      throw new IllegalStateException("open a session: the client is closed", e);
    }
  }

  private SessionServer() {}
}
