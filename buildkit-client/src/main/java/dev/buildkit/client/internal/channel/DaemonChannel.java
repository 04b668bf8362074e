/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Opens gRPC channels to daemons. Nothing outside the given address and threads has a say: no proxy, no resolver. */
public final class DaemonChannel {

  /** What a daemon may send in one message. Go's client and newer daemons have the same limit. */
  static final int MAX_MESSAGE_BYTES = 16 << 20;

  /** Errors come as trailers which carry whole Dockerfiles and stacks; a lower limit would lose them. */
  static final int MAX_METADATA_BYTES = 16 << 20;

  /** Fixed, because the automatic window pings the peer and is no faster. */
  static final int WINDOW_BYTES = 4 << 20;

  /**
   * Returns a channel that connects, and connects again after a failure, when a call needs it. The caller shuts it
   * down, and closes the threads after that.
   *
   * @param address a {@link UnixDomainSocketAddress}, or an internet address, which may be unresolved
   * @param authority the host that requests name
   */
  public static ManagedChannel open(
      SocketAddress address, String authority, Duration connectTimeout, ClientThreads threads) {
    NettyChannelBuilder builder = builder(address)
        .withOption(
            ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()));
    return configure(builder, authority, threads).build();
  }

  private static NettyChannelBuilder builder(SocketAddress address) {
    if (address instanceof InetSocketAddress internet) {
      // By name, so that it is resolved at each connect: gRPC takes a socket address as resolved.
      return NettyChannelBuilder.forAddress(
              internet.getHostString(), internet.getPort(), InsecureChannelCredentials.create())
          .channelType(NioSocketChannel.class);
    }
    return NettyChannelBuilder.forAddress(address, InsecureChannelCredentials.create())
        .channelType(NioDomainSocketChannel.class, null)
        // gRPC sets SO_KEEPALIVE on everything, and Netty complains where that means nothing.
        .withOption(ChannelOption.SO_KEEPALIVE, null);
  }

  private static NettyChannelBuilder configure(
      NettyChannelBuilder builder, String authority, ClientThreads threads) {
    return builder
        .eventLoopGroup(threads.io())
        .executor(threads.workers())
        .offloadExecutor(threads.workers())
        .overrideAuthority(authority)
        .proxyDetector(target -> null)
        .disableServiceConfigLookUp()
        // Retries keep messages, and senders reuse theirs.
        .disableRetry()
        .idleTimeout(Long.MAX_VALUE, TimeUnit.NANOSECONDS)
        .flowControlWindow(WINDOW_BYTES)
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .maxInboundMetadataSize(MAX_METADATA_BYTES);
  }

  private DaemonChannel() {}
}
