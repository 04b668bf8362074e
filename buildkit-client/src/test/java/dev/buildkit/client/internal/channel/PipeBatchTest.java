/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Writes raw buffers to a channel, and looks at what comes out of its pipe. */
@Timeout(120)
class PipeBatchTest {
  @RegisterExtension
  static final NettyLeaks LEAKS = new NettyLeaks();

  private final Random random = new Random(1);
  private final ClientThreads threads = new ClientThreads();
  private final MemoryPipe pipe = MemoryPipe.create();
  private final Sink sink = new Sink(pipe.other());
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @AfterEach
  void endThreads() {
    threads.close();
  }

  @Test
  void buffersOfAllKindsComeOutInOrder() throws Exception {
    Channel channel = connect();
    List<ByteBuf> buffers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      buffers.add(heap(random.nextInt(20_000)));
      buffers.add(Unpooled.EMPTY_BUFFER);
      buffers.add(direct(random.nextInt(20_000)));
      buffers.add(composite(random.nextInt(5_000)));
      buffers.add(heap(random.nextInt(4 * PipeBatch.MAX_BYTES)));
    }
    pipe.other().stall(true);

    buffers.forEach(buffer -> write(channel, buffer, channel.newPromise()));
    channel.flush();
    pipe.other().stall(false);

    await().untilAsserted(() -> assertThat(sink.size()).isEqualTo(written.size()));
    assertThat(sink.toByteArray()).isEqualTo(written.toByteArray());
    assertThat(pipe.other().chunkSizes())
        .allSatisfy(size -> assertThat(size).isBetween(1, PipeBatch.MAX_BYTES));
    await().until(channel::isWritable);
  }

  @Test
  void cancelledWritesAreLeftOut() throws Exception {
    Channel channel = connect();
    ChannelPromise cancelled = channel.newPromise();
    cancelled.cancel(false);

    write(channel, heap(10), channel.newPromise());
    write(channel, Unpooled.wrappedBuffer(new byte[10]), cancelled);
    write(channel, heap(10), channel.newPromise());
    channel.flush();

    await().untilAsserted(() -> assertThat(sink.size()).isEqualTo(20));
    assertThat(sink.toByteArray()).isEqualTo(written.toByteArray());
  }

  @Test
  void emptyFlushesWriteNothing() throws Exception {
    Channel channel = connect();

    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).sync();

    assertThat(pipe.other().chunkSizes()).isEmpty();
  }

  @Test
  void writesOfWhatIsNoBufferFail() throws Exception {
    Channel channel = connect();

    Throwable cause = channel.writeAndFlush("text").await().cause();

    assertThat(cause)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("write to a pipe: it takes no class java.lang.String");
  }

  private Channel connect() throws InterruptedException {
    return new Bootstrap()
        .group(threads.io())
        .channelFactory(() -> new PipeClientChannel(
            new PipeAddress("test"), () -> CompletableFuture.completedFuture(pipe)))
        .handler(new ChannelInboundHandlerAdapter())
        .connect(new PipeAddress("test"))
        .sync()
        .channel();
  }

  private static void write(Channel channel, ByteBuf buffer, ChannelPromise promise) {
    var unused = channel.write(buffer, promise);
  }

  private ByteBuf heap(int size) {
    return Unpooled.wrappedBuffer(bytes(size));
  }

  private ByteBuf direct(int size) {
    return Unpooled.directBuffer(size).writeBytes(bytes(size));
  }

  private ByteBuf composite(int components) {
    CompositeByteBuf composite = Unpooled.compositeBuffer(Integer.MAX_VALUE);
    for (int i = 0; i < components; i++) {
      composite.addComponent(true, heap(1 + random.nextInt(4)));
    }
    return composite;
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    written.writeBytes(bytes);
    return bytes;
  }

  /** Keeps what arrives at one end of a pipe. */
  private static final class Sink implements BytePipe.Receiver {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final MemoryPipe end;

    Sink(MemoryPipe end) {
      this.end = end;
      end.start(this);
    }

    int size() {
      return bytes.size();
    }

    byte[] toByteArray() {
      return bytes.toByteArray();
    }

    @Override
    public void received(IncomingBytes chunk) throws IOException {
      chunk.writeTo(Channels.newChannel(bytes));
      end.request(1);
    }

    @Override
    public void writable() {}

    @Override
    public void ended() {}

    @Override
    public void failed(IOException cause) {}
  }
}
