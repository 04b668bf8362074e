/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.internal.grpc.ConnectFailure;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FirstAnswerTest {
  private final IOException reset = new IOException("Connection reset");
  private final List<Throwable> told = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();

  FirstAnswerTest() {
    FirstAnswer.addTo(channel);
    channel.pipeline().addLast(new Told());
  }

  @AfterEach
  void close() {
    var unused = channel.finishAndReleaseAll();
  }

  @Test
  void aServerThatHangsUpAtOnceIsTold() {
    channel.close().syncUninterruptibly();

    assertThat(told).singleElement().isInstanceOf(ConnectFailure.class);
  }

  @Test
  void aResetBeforeTheFirstAnswerMeansTheSame() {
    channel.pipeline().fireExceptionCaught(reset);
    channel.close().syncUninterruptibly();

    assertThat(told).hasSize(2).last().isSameAs(reset);
    assertThat(told.get(0))
        .isInstanceOf(ConnectFailure.class)
        .hasMessageStartingWith("the connection was closed without an answer");
  }

  @Test
  void aResetAfterTheFirstAnswerIsNothingElse() {
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[1]));
    channel.pipeline().fireExceptionCaught(reset);
    channel.close().syncUninterruptibly();

    assertThat(told).containsExactly(reset);
  }

  /** Stands where gRPC does. */
  private final class Told extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      ReferenceCountUtil.release(bytes);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      told.add(cause);
    }
  }
}
