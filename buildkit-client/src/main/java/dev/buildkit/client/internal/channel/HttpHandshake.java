/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Speaks HTTP/1.1 on a new connection and holds back that it is active, until the peer has turned it into another
 * protocol. Then nothing of HTTP is left in the pipeline, and what the peer has sent in that protocol already goes on.
 */
final class HttpHandshake extends SimpleChannelInboundHandler<FullHttpResponse> {

  /** What an engine says is wrong is short; whatever is longer is no engine. */
  private static final int MAX_ANSWER_BYTES = 64 << 10;

  private final String attempted;
  private final HttpSteps steps;
  private final List<ChannelHandler> then;
  private @Nullable Future<?> limit;
  private boolean over;

  private HttpHandshake(String attempted, HttpSteps steps, List<ChannelHandler> then) {
    this.attempted = attempted;
    this.steps = steps;
    this.then = then;
  }

  /**
   * Adds a handshake to the end of a pipeline.
   *
   * @param attempted what it is good for, as messages begin
   * @param then handlers of the protocol that follows
   */
  static void addTo(Channel channel, String attempted, HttpSteps steps, ChannelHandler... then) {
    channel
        .pipeline()
        .addLast(
            new HttpRequestEncoder(),
            new HttpResponseDecoder(),
            new HttpObjectAggregator(MAX_ANSWER_BYTES),
            new HttpHandshake(attempted, steps, List.of(then)));
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    int millis = ctx.channel().config().getConnectTimeoutMillis();
    limit = ctx.executor().schedule(() -> tookTooLong(ctx, millis), millis, TimeUnit.MILLISECONDS);
    ask(ctx, steps.first());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse answer) {
    if (over) {
      return;
    }
    if (answer.decoderResult().isFailure()) {
      fail(ctx, notAnEngine(answer.decoderResult().cause()));
      return;
    }
    try {
      steps.after(answer).ifPresentOrElse(next -> ask(ctx, next), () -> finish(ctx));
    } catch (BuildKitException e) {
      fail(ctx, e);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(
        ctx,
        new BuildKitException(
            ErrorCode.UNAVAILABLE, attempted + ": the engine ended the connection", null));
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(ctx, cause);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (limit != null) {
      limit.cancel(false);
    }
  }

  private static void ask(ChannelHandlerContext ctx, FullHttpRequest request) {
    // A write that fails closes the channel, and that is told.
    var unused = ctx.writeAndFlush(request);
  }

  private void finish(ChannelHandlerContext ctx) {
    over = true;
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.remove(HttpRequestEncoder.class);
    pipeline.remove(HttpObjectAggregator.class);
    String before = ctx.name();
    for (ChannelHandler handler : then) {
      pipeline.addBefore(before, null, handler);
    }
    ctx.fireChannelActive();
    pipeline.remove(this);
    // Last, because it hands on what it has read too much.
    pipeline.remove(HttpResponseDecoder.class);
  }

  private BuildKitException notAnEngine(Throwable cause) {
    return new BuildKitException(
        ErrorCode.UNAVAILABLE,
        attempted + ": what answers there is no Docker Engine; correct the address",
        cause);
  }

  private void tookTooLong(ChannelHandlerContext ctx, int millis) {
    fail(
        ctx,
        new BuildKitException(
            ErrorCode.TIMED_OUT,
            attempted + ": the engine did not answer within " + millis + " ms",
            null));
  }

  private void fail(ChannelHandlerContext ctx, Throwable cause) {
    if (!over) {
      over = true;
      ctx.fireExceptionCaught(cause);
      var unused = ctx.close();
    }
  }
}
