/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.buildkit.client.internal.grpc.ConnectFailure;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real programs as connections. */
@Timeout(120)
class ProcessPipeTest {
  @RegisterExtension
  static final NettyLeaks LEAKS = new NettyLeaks();

  @TempDir
  private Path directory;

  private final ClientThreads threads = new ClientThreads();
  private final Received received = new Received();

  @AfterEach
  void endThreads() {
    threads.close();
  }

  @Test
  void bytesGoThroughAndComeBack() throws Exception {
    Channel channel = connect("cat");
    CRC32 sent = new CRC32();
    Random random = new Random(1);
    ChannelFuture last = channel.newSucceededFuture();
    int total = 0;

    while (total < 64 << 20) {
      byte[] bytes = new byte[1 + random.nextInt(300_000)];
      random.nextBytes(bytes);
      sent.update(bytes);
      total += bytes.length;
      ChannelFuture next = channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
      last.sync();
      last = next;
    }

    int all = total;
    await().until(() -> received.bytes.get() == all);
    assertThat(received.sum.getValue()).isEqualTo(sent.getValue());
  }

  @Test
  void aProgramThatDoesNotReadHoldsBackWhoWrites() throws Exception {
    Channel channel = connect("sleep", "60");
    ChannelFuture written = channel.newSucceededFuture();

    for (int i = 0; i < 20; i++) {
      written = channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[100_000]));
    }

    channel.eventLoop().submit(() -> assertThat(channel.isWritable()).isFalse()).sync();
    assertThat(written.isDone()).isFalse();
    channel.close().sync();
    assertThat(written.await().isSuccess()).isFalse();
  }

  @Test
  void closingEndsTheProgram() throws Exception {
    Channel channel = connect("cat");
    ProcessHandle program = only();

    channel.close().sync();

    await().until(() -> !program.isAlive());
  }

  @Test
  void closingEndsAProgramThatDoesNotReadItsInput() throws Exception {
    Channel channel = connect("sleep", "60");
    ProcessHandle program = only();

    channel.close().sync();

    await().until(() -> !program.isAlive());
  }

  @Test
  void closingEndsAProgramThatDoesNotWantTo() throws Exception {
    Path ready = directory.resolve("ready");
    connect("sh", "-c", "trap '' TERM; touch " + ready + "; sleep 60; sleep 60");
    ProcessHandle program = only();
    await().until(() -> Files.exists(ready));
    List<ProcessHandle> children = program.descendants().toList();

    threads.close();

    await().until(() -> !program.isAlive());
    await().until(() -> children.stream().noneMatch(ProcessPipeTest::runs));
  }

  @Test
  void tellsHowTheProgramEnded() throws Exception {
    connect("sh", "-c", "echo first >&2; echo 'no such host' >&2; exit 3");

    assertThat(received.failure.get())
        .isInstanceOf(ConnectFailure.class)
        .hasMessage("the command ended with exit code 3: first\nno such host;"
            + " run it in a terminal to see what it needs:"
            + " sh -c echo first >&2; echo 'no such host' >&2; exit 3");
  }

  @Test
  void aProgramThatEndsLaterDidConnect() throws Exception {
    connect("sh", "-c", "echo hello; cat >/dev/null & sleep 0.01; exit 1");

    assertThat(received.failure.get())
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("the command ended with exit code 1");
    assertThat(received.bytes).hasValue("hello\n".length());
  }

  @Test
  void ofComplaintsTheLastAreKept() throws Exception {
    connect("sh", "-c", "seq 100000 >&2; exit 1");

    assertThat(received.failure.get().getMessage())
        .startsWith("the command ended with exit code 1: ")
        .contains("99999\n100000;")
        .hasSizeLessThan(5_000);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      no-such-program  | not found on PATH; install it, or add its directory to PATH
      /no/such/program | there is no such program; correct the path
      """)
  void namesAProgramThatIsMissing(String program, String problem) throws Exception {
    assertThat(dial(program).await().cause())
        .isInstanceOf(ConnectFailure.class)
        .hasMessage(program + ": " + problem);
  }

  @Test
  void theProgramHasASessionOfItsOwn() throws Exception {
    Path session = directory.resolve("session");
    connect("sh", "-c", "cut -d' ' -f1,6 /proc/$$/stat > " + session + "; cat");
    await().until(() -> Files.exists(session) && Files.size(session) > 2);

    String[] pidAndSession = Files.readString(session).strip().split(" ", -1);

    assertThat(pidAndSession[1]).isEqualTo(pidAndSession[0]);
  }

  private Channel connect(String... command) throws InterruptedException {
    return dial(command).sync().channel();
  }

  private ChannelFuture dial(String... command) {
    PipeAddress peer = new PipeAddress("the program");
    ProcessConnector connector = new ProcessConnector(List.of(command), threads.workers());
    return new Bootstrap()
        .group(threads.io())
        .channelFactory(() -> new PipeClientChannel(peer, connector))
        .handler(received)
        .connect(peer);
  }

  /** Orphans that ended are there, without a program, until somebody asks for their exit code. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  private static ProcessHandle only() {
    List<ProcessHandle> children = ProcessHandle.current().children().toList();
    assertThat(children).hasSize(1);
    return children.get(0);
  }

  private static final class Received extends ChannelInboundHandlerAdapter {
    private final AtomicLong bytes = new AtomicLong();
    private final CRC32 sum = new CRC32();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf buffer = (ByteBuf) message;
      sum.update(buffer.nioBuffer());
      bytes.addAndGet(buffer.readableBytes());
      buffer.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      failure.complete(cause);
    }
  }
}
