/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.netty.channel.AbstractServerChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A server channel that listens nowhere: it accepts one connection, which is there from the beginning. */
final class PipeServerChannel extends AbstractServerChannel {

  private final PipeAddress peer;
  private final ChannelConfig config = new DefaultChannelConfig(this);
  private @Nullable BytePipe pipe;
  private volatile boolean bound;
  private volatile boolean closed;

  PipeServerChannel(PipeAddress peer, BytePipe pipe) {
    this.peer = peer;
    this.pipe = pipe;
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public boolean isActive() {
    return bound && !closed;
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return true;
  }

  @Override
  protected SocketAddress localAddress0() {
    return peer;
  }

  @Override
  protected void doBind(SocketAddress address) {
    bound = true;
  }

  @Override
  protected void doClose() {
    closed = true;
  }

  @Override
  protected void doBeginRead() {
    BytePipe only = pipe;
    if (only != null) {
      pipe = null;
      pipeline().fireChannelRead(new PipeChannel(this, peer, only));
      pipeline().fireChannelReadComplete();
    }
  }
}
