/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import dev.buildkit.client.transport.Transport;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Opens gRPC channels to daemons. Nothing but what is given here has a say in where they go: no proxy and no service
 * configuration.
 */
public final class DaemonChannel {

  /** What a daemon may send in one message; Go's client has the same limit. */
  static final int MAX_MESSAGE_BYTES = 16 << 20;

  /** Errors come as trailers that carry whole Dockerfiles and stacks, and are lost if they are larger than this. */
  static final int MAX_METADATA_BYTES = 16 << 20;

  /** How much a peer may send ahead. Fixed, since windows that adapt ping the peer and are no faster. */
  static final int WINDOW_BYTES = 4 << 20;

  /**
   * How long a host may be silent while calls run before it is pinged; it counts as lost 20 seconds after that. Go's servers hang up
   * on those who ping more often than every 5 minutes, and some networks forget connections after 6.
   */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(310);

  private static final ChannelCredentials CREDENTIALS = InsecureChannelCredentials.create();

  /**
   * Returns a channel that connects when a call needs it, and again after a failure. The caller shuts it down, and
   * closes the threads after that.
   */
  public static ManagedChannel open(
      Transport transport, Duration connectTimeout, ClientThreads threads) {
    // Needs gRPC 1.63. Without this line, the first solve would fail and not the connect.
    var unused = SessionPipe.OPTIONS;
    return open(Route.of(transport, threads), transport.authority(), connectTimeout, threads);
  }

  /**
   * Returns a channel that takes a given way.
   *
   * @param authority the host that requests say they are for
   */
  static ManagedChannel open(
      Route route, String authority, Duration connectTimeout, ClientThreads threads) {
    NettyChannelBuilder builder = route.address() instanceof InetSocketAddress host
        ? toHost(host)
        : NettyChannelBuilder.forAddress(route.address(), CREDENTIALS)
            // gRPC sets keepalive on every channel, and Netty complains where that means nothing.
            .withOption(ChannelOption.SO_KEEPALIVE, null);
    return configure(builder, authority, connectTimeout, threads)
        .channelFactory(route::newChannel, null)
        .build();
  }

  @SuppressWarnings("deprecation") // The other way to a resolver is through a global registry.
  private static NettyChannelBuilder toHost(InetSocketAddress host) {
    return NettyChannelBuilder.forTarget(HostResolver.TARGET, CREDENTIALS)
        .nameResolverFactory(HostResolver.factory(host))
        .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS);
  }

  private static NettyChannelBuilder configure(
      NettyChannelBuilder builder,
      String authority,
      Duration connectTimeout,
      ClientThreads threads) {
    return builder
        .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis(connectTimeout))
        .eventLoopGroup(threads.io())
        .executor(threads.workers())
        .offloadExecutor(threads.workers())
        .overrideAuthority(authority)
        .proxyDetector(target -> null)
        .disableServiceConfigLookUp()
        // A retry keeps messages, and ours are views of buffers that are used again.
        .disableRetry()
        .idleTimeout(Long.MAX_VALUE, TimeUnit.NANOSECONDS)
        .flowControlWindow(WINDOW_BYTES)
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .maxInboundMetadataSize(MAX_METADATA_BYTES);
  }

  /** Nothing would be no limit, and the longest that can be told is 24 days. */
  static int connectMillis(Duration timeout) {
    long millis = TimeUnit.MILLISECONDS.convert(timeout);
    return (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
  }

  private DaemonChannel() {}
}
