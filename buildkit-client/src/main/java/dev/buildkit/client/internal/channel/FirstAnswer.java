/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import dev.buildkit.client.internal.grpc.ConnectFailure;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;

/** Tells a server that hangs up at the first word, as one does that expects TLS, from one that goes away later. */
final class FirstAnswer extends ChannelInboundHandlerAdapter {

  private boolean answered;

  private FirstAnswer() {}

  /** Is a {@link Layer}. */
  static void addTo(Channel channel) {
    channel.pipeline().addLast(new FirstAnswer());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    answered = true;
    context.fireChannelRead(bytes);
  }

  /** Hanging up looks like an error where the server has not read all of the first word. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      hungUp(context);
    }
    context.fireExceptionCaught(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    hungUp(context);
    context.fireChannelInactive();
  }

  /** The first to be told of the connection's end says why. */
  private void hungUp(ChannelHandlerContext context) {
    if (!answered) {
      answered = true;
      context.fireExceptionCaught(new ConnectFailure("the connection was closed without an answer;"
          + " if the daemon wants TLS, connect with it; else correct the address"));
    }
  }
}
