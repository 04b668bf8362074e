/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds all addresses of one host, which are tried in turn, when a channel first connects and after each failure. gRPC's
 * own resolvers are global, and so whoever is on the class path could change where calls go.
 */
final class HostResolver extends NameResolver {
  /** What channels with this resolver have as their target. */
  static final String TARGET = "buildkit:///daemon";

  private final InetSocketAddress host;
  private final Args args;
  private @Nullable Listener2 listener;
  private boolean resolving;

  private HostResolver(InetSocketAddress host, Args args) {
    this.host = host;
    this.args = args;
  }

  /** Returns what makes resolvers of a host and a port, for {@link #TARGET}. */
  static Factory factory(InetSocketAddress host) {
    return new Factory() {
      @Override
      public NameResolver newNameResolver(URI target, Args args) {
        return new HostResolver(host, args);
      }

      @Override
      public String getDefaultScheme() {
        return URI.create(TARGET).getScheme();
      }
    };
  }

  @Override
  public String getServiceAuthority() {
    return "localhost";
  }

  @Override
  public void start(Listener2 listener) {
    this.listener = listener;
    refresh();
  }

  @Override
  public void refresh() {
    if (!resolving) {
      resolving = true;
      args.getOffloadExecutor().execute(this::resolve);
    }
  }

  @Override
  public void shutdown() {
    listener = null;
  }

  /** Runs where it may block. All else runs in the channel's own order. */
  @SuppressWarnings("deprecation") // What replaces it came with gRPC 1.68.
  private void resolve() {
    ResolutionResult result =
        ResolutionResult.newBuilder().setAddresses(addresses()).build();
    args.getSynchronizationContext().execute(() -> finish(result));
  }

  private void finish(ResolutionResult result) {
    resolving = false;
    if (listener != null) {
      listener.onResult(result);
    }
  }

  private List<EquivalentAddressGroup> addresses() {
    try {
      return Stream.of(InetAddress.getAllByName(host.getHostString()))
          .map(address -> new InetSocketAddress(address, host.getPort()))
          .map(EquivalentAddressGroup::new)
          .toList();
    } catch (UnknownHostException e) {
      // It fails to connect. As a failed lookup it would only be logged in addition.
      return List.of(new EquivalentAddressGroup(
          InetSocketAddress.createUnresolved(host.getHostString(), host.getPort())));
    }
  }
}
