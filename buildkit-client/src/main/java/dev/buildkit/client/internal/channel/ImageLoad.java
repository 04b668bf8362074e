/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import dev.buildkit.client.transport.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An image on its way into the store of a Docker Engine: a tar file that is the body of one request. The engine loads
 * what has come to its end, so the end is held back until {@link #finish}.
 *
 * <p>It has a connection and a thread of its own, which {@link #finish} and {@link #abort} end.
 */
public final class ImageLoad implements WritableByteChannel, InterruptibleChannel {

  private static final String PATH = "/images/load?quiet=1";
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  /** What tar programs fill the end of a file up to. Without its end a tar file has not come whole. */
  private static final int TAR_RECORD_BYTES = 10 << 10;

  private final ClientThreads threads = new ClientThreads();
  private final LoadAnswer answer = new LoadAnswer();
  private final Transport engine;
  private final Channel connection;
  private final HeldBack heldBack = new HeldBack(TAR_RECORD_BYTES);
  private final AtomicBoolean writing = new AtomicBoolean();
  private volatile boolean closed;

  private ImageLoad(Transport engine) {
    this.engine = engine;
    Route route = Route.toEngine(engine, threads);
    this.connection = new Bootstrap()
        .group(threads.io())
        .channelFactory(route::newChannel)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(CONNECT_LIMIT.toMillis()))
        .handler(new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new HttpRequestEncoder(), new HttpResponseDecoder(), answer);
          }
        })
        .connect(route.address())
        .addListener(connected -> {
          if (!connected.isSuccess()) {
            answer.active().completeExceptionally(connected.cause());
          }
        })
        .channel();
  }

  /**
   * Connects to an engine.
   *
   * @throws IOException if it does not answer
   */
  public static ImageLoad begin(Transport engine) throws IOException {
    ImageLoad load = new ImageLoad(engine);
    try {
      load.await(load.answer.active(), "connect to " + engine.address());
      load.send(head());
      return load;
    } catch (IOException e) {
      load.abort();
      throw e;
    }
  }

  /** Takes all the bytes and returns when they are under way, but for the last ones. */
  @Override
  public int write(ByteBuffer bytes) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    int count = bytes.remaining();
    ByteBuf passed = heldBack.pass(bytes);
    if (passed.isReadable()) {
      writing.set(true);
      send(new DefaultHttpContent(passed));
      writing.set(false);
    } else {
      passed.release();
    }
    return count;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  /** Takes no more bytes. What is still being written is given up, and with it the image. */
  @Override
  public void close() {
    closed = true;
    if (writing.get()) {
      var unused = connection.close();
    }
  }

  /**
   * Lets the engine have the end of the image, and returns when it has loaded it.
   *
   * @throws IOException if the engine could not, or was lost
   */
  public void finish() throws IOException {
    try {
      send(new DefaultLastHttpContent(heldBack.rest()));
      await(answer.end(), "load the image into the engine at " + engine.address());
    } finally {
      abort();
    }
  }

  /** Ends the connection. The engine drops what it has not got completely. */
  public void abort() {
    var unused = connection.close().awaitUninterruptibly();
    threads.close();
  }

  private static HttpRequest head() {
    HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, PATH);
    head.headers()
        .set(HttpHeaderNames.HOST, EngineRequests.HOST)
        .set(HttpHeaderNames.CONTENT_TYPE, "application/x-tar")
        .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    return head;
  }

  /** Waits for the bytes to leave, so that no more than these are in memory. */
  private void send(HttpObject part) throws IOException {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    var unused = connection.writeAndFlush(part).addListener(write -> {
      if (write.isSuccess()) {
        sent.complete(null);
      } else {
        sent.completeExceptionally(write.cause());
      }
    });
    await(sent, "send an image to the engine at " + engine.address());
  }

  private void await(CompletableFuture<Void> future, String attempted) throws IOException {
    try {
      var unused = future.get();
    } catch (ExecutionException e) {
      throw new IOException(attempted + ": " + reason(e).getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
      throw new ClosedByInterruptException();
    }
  }

  /** What the engine says of it, if it does, says more than a write that failed. */
  private Throwable reason(ExecutionException failure) {
    Throwable own = failure.getCause() == null ? failure : failure.getCause();
    CompletableFuture<Void> said = answer.end();
    return said.isCompletedExceptionally() ? said.handle((ignored, why) -> why).join() : own;
  }
}
