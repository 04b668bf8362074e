/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import dev.buildkit.client.transport.CommandTransport;
import dev.buildkit.client.transport.DockerTransport;
import dev.buildkit.client.transport.SocketTransport;
import dev.buildkit.client.transport.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * The way to a daemon: the Netty channel that carries the bytes, and the layers on it.
 *
 * @param address a {@link java.net.UnixDomainSocketAddress}, an {@link InetSocketAddress}, whose host is looked up anew
 *     at each connect and of whose addresses the first that answers is taken, or a {@link PipeAddress}
 * @param layers the lowest first
 */
record Route(SocketAddress address, ChannelFactory<Channel> bytes, List<Layer> layers) {

  /** Returns the way that a transport names. */
  static Route of(Transport transport, ClientThreads threads) {
    if (transport instanceof DockerTransport docker) {
      return throughEngine(docker, threads);
    }
    return of(transport, TlsLayer.HTTP_2, FirstAnswer::addTo, threads);
  }

  /** Returns the way to the API of a Docker Engine, which has more to say than BuildKit in HTTP/1.1 only. */
  static Route toEngine(Transport engine, ClientThreads threads) {
    return of(engine, TlsLayer.HTTP_1, channel -> {}, threads);
  }

  private static Route throughEngine(DockerTransport docker, ClientThreads threads) {
    String address = docker.address();
    return toEngine(docker.engine(), threads)
        .with(docker
            .container()
            .<Layer>map(container -> new ExecLayer(address, container))
            .orElseGet(() -> new UpgradeLayer(address)));
  }

  private static Route of(
      Transport transport, List<String> protocols, Layer inTheClear, ClientThreads threads) {
    return transport instanceof CommandTransport command
        ? throughPipes(
            new PipeAddress(command.address()),
            new ProcessConnector(command.command(), threads.workers()))
        : toSocket((SocketTransport) transport, protocols, inTheClear);
  }

  private static Route toSocket(
      SocketTransport transport, List<String> protocols, Layer inTheClear) {
    Route socket = toSocket(transport.socketAddress());
    if (!(transport.socketAddress() instanceof InetSocketAddress address)) {
      return socket;
    }
    String host = address.getHostString();
    return socket.with(transport
        .tls()
        .<Layer>map(options -> TlsLayer.of(options, host, protocols))
        .orElse(inTheClear));
  }

  static Route toSocket(SocketAddress address) {
    ChannelFactory<Channel> bytes =
        address instanceof InetSocketAddress ? NioSocketChannel::new : NioDomainSocketChannel::new;
    return new Route(address, bytes, List.of());
  }

  static Route throughPipes(PipeAddress peer, PipeConnector connector) {
    return new Route(peer, () -> new PipeClientChannel(peer, connector), List.of());
  }

  /** Returns this way with one more layer, above the others. */
  Route with(Layer layer) {
    return new Route(
        address, bytes, Stream.concat(layers.stream(), Stream.of(layer)).toList());
  }

  Channel newChannel() {
    Channel channel = bytes.newChannel();
    layers.forEach(layer -> layer.addTo(channel));
    return channel;
  }
}
