/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class PipeClientChannelTest {
  private static final PipeAddress PEER = new PipeAddress("the peer");

  @RegisterExtension
  static final NettyLeaks LEAKS = new NettyLeaks();

  private final ClientThreads threads = new ClientThreads();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final CompletableFuture<BytePipe> dialled = new CompletableFuture<>();
  private final MemoryPipe pipe = MemoryPipe.create();

  @AfterEach
  void endThreads() {
    threads.close();
  }

  @Test
  void aPipeMakesTheChannelActive() throws Exception {
    ChannelFuture connect = connect(5_000);
    assertThat(connect.channel().isActive()).isFalse();

    dialled.complete(pipe);

    connect.sync();
    assertThat(connect.channel().isActive()).isTrue();
    assertThat(connect.channel().remoteAddress()).hasToString("the peer");
  }

  @Test
  void aFailureClosesTheChannel() throws Exception {
    ChannelFuture connect = connect(5_000);
    IOException failure = new IOException("no such container");

    dialled.completeExceptionally(failure);

    assertThat(connect.await().cause()).isSameAs(failure);
    connect.channel().closeFuture().sync();
  }

  @Test
  void aPipeThatComesTooLateIsClosed() throws Exception {
    ChannelFuture connect = connect(20);

    assertThat(connect.await().cause())
        .isInstanceOf(ConnectTimeoutException.class)
        .hasMessage("connection timed out after 20 ms: the peer");
    connect.channel().closeFuture().sync();

    dialled.complete(pipe);
    await().until(pipe::isClosed);
  }

  @Test
  void closingGivesUpToConnect() throws Exception {
    ChannelFuture connect = connect(5_000);
    await().untilTrue(asked);

    connect.channel().close().sync();

    assertThat(connect.await().cause()).isInstanceOf(ClosedChannelException.class);
    dialled.complete(pipe);
    await().until(pipe::isClosed);
  }

  @Test
  void closingTheChannelClosesThePipe() throws Exception {
    ChannelFuture connect = connect(5_000);
    dialled.complete(pipe);

    connect.sync().channel().close().sync();

    assertThat(pipe.isClosed()).isTrue();
  }

  @Test
  void theEndOfThePipeClosesTheChannel() throws Exception {
    ChannelFuture connect = connect(5_000);
    dialled.complete(pipe);
    connect.sync();

    pipe.other().close();

    connect.channel().closeFuture().sync();
    assertThat(pipe.isClosed()).isTrue();
  }

  @Test
  void theEndOfItsThreadClosesTheChannel() throws Exception {
    ChannelFuture connect = connect(5_000);
    dialled.complete(pipe);
    connect.sync();

    threads.close();

    assertThat(connect.channel().isOpen()).isFalse();
    assertThat(pipe.isClosed()).isTrue();
  }

  private ChannelFuture connect(int timeoutMillis) {
    return new Bootstrap()
        .group(threads.io())
        .channelFactory(() -> new PipeClientChannel(PEER, this::dial))
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
        .handler(new ChannelInboundHandlerAdapter())
        .connect(PEER);
  }

  private CompletableFuture<BytePipe> dial() {
    asked.set(true);
    return dialled;
  }
}
