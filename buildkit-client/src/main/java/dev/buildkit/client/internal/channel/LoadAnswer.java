/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.internal.json.StrictJson;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Reads what an engine says while it loads an image: lines of JSON, of which those with an error count. Keeps no more
 * than a line.
 */
final class LoadAnswer extends SimpleChannelInboundHandler<HttpObject> {

  /** Far longer than any line of an engine; the rest of a longer one is dropped. */
  private static final int MAX_LINE_BYTES = 64 << 10;

  private final CompletableFuture<Void> active = new CompletableFuture<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private HttpResponseStatus status = HttpResponseStatus.OK;
  private String error = "";

  /** Completes when the connection is there. */
  CompletableFuture<Void> active() {
    return active;
  }

  /** Completes when the engine has the image; fails with what it says is wrong. */
  CompletableFuture<Void> end() {
    return end;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    active.complete(null);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
    if (part.decoderResult().isFailure()) {
      exceptionCaught(ctx, new IOException("what answers there is no Docker Engine"));
      return;
    }
    if (part instanceof HttpResponse head) {
      status = head.status();
    }
    if (part instanceof HttpContent content) {
      read(content.content());
    }
    if (part instanceof LastHttpContent) {
      finish();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(new IOException("the engine ended the connection"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(cause);
    var unused = ctx.close();
  }

  private void fail(Throwable cause) {
    active.completeExceptionally(cause);
    end.completeExceptionally(cause);
  }

  private void finish() {
    endLine();
    if (status.code() != 200) {
      fail(new IOException("the engine answers " + status.code() + ": "
          + (error.isEmpty() ? status.reasonPhrase() : error)));
    } else if (!error.isEmpty()) {
      fail(new IOException("the engine cannot load the image: " + error));
    } else {
      end.complete(null);
    }
  }

  private void read(ByteBuf bytes) {
    while (bytes.isReadable()) {
      byte next = bytes.readByte();
      if (next == '\n') {
        endLine();
      } else if (line.size() < MAX_LINE_BYTES) {
        line.write(next);
      }
    }
  }

  /** Failed requests have a {@code message}, loads that fail later an {@code error}. */
  private void endLine() {
    try {
      StrictJson json = StrictJson.parse(line.toString(UTF_8));
      String problem = json.text("error").isEmpty() ? json.text("message") : json.text("error");
      if (!problem.isEmpty()) {
        error = problem;
      }
    } catch (IllegalArgumentException e) {
      if (status.code() != 200) {
        error = line.toString(UTF_8);
      }
    }
    line.reset();
  }
}
