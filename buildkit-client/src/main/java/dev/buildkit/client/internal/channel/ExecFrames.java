/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;

/**
 * Takes the output of a command in a container apart. What the command writes to its standard output goes on as the
 * bytes of the connection; the end of the rest is kept, to say why the connection ended.
 *
 * <p>The engine sends frames: one byte that names the stream, three zeros, the length in four bytes, and the bytes.
 */
final class ExecFrames extends ChannelInboundHandlerAdapter {

  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int ENGINE = 3;
  private static final int HEADER_BYTES = 8;

  private final String attempted;
  private final String container;
  private final StderrTail complaint = new StderrTail();

  private int headerBytes;
  private int stream;
  private int left;
  private boolean connected;
  private boolean failed;

  ExecFrames(String attempted, String container) {
    this.attempted = attempted;
    this.container = container;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      while (bytes.isReadable() && !failed) {
        if (headerBytes < HEADER_BYTES) {
          header(ctx, bytes.readByte() & 0xff);
        } else {
          payload(ctx, bytes.readSlice(Math.min(left, bytes.readableBytes())));
        }
      }
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!complaint.isEmpty()) {
      fail(ctx, explain(complaint.toString()));
    }
    ctx.fireChannelInactive();
  }

  private void header(ChannelHandlerContext ctx, int value) {
    switch (headerBytes) {
      case 0 -> stream = value;
      case 1, 2, 3 -> left = 0;
      default -> left = left << 8 | value;
    }
    headerBytes++;
    if (headerBytes < HEADER_BYTES) {
      return;
    }
    if (stream > ENGINE || left < 0) {
      fail(ctx, failure(ErrorCode.UNAVAILABLE, "the engine sends what are no frames of output"));
    } else if (left == 0) {
      headerBytes = 0;
    }
  }

  private void payload(ChannelHandlerContext ctx, ByteBuf bytes) {
    left -= bytes.readableBytes();
    if (left == 0) {
      headerBytes = 0;
    }
    switch (stream) {
      case STDIN -> {}
      case STDOUT -> output(ctx, bytes);
      case STDERR, ENGINE -> complaint.add(ByteBufUtil.getBytes(bytes));
      default -> throw new AssertionError("checked with the header: " + stream);
    }
  }

  /** A daemon begins with a frame of HTTP/2, whose first byte is zero; an engine that fails to run it, with text. */
  private void output(ChannelHandlerContext ctx, ByteBuf bytes) {
    connected |= complaint.isEmpty() && bytes.getByte(bytes.readerIndex()) == 0;
    if (connected) {
      ctx.fireChannelRead(bytes.retain());
    } else {
      complaint.add(ByteBufUtil.getBytes(bytes));
    }
  }

  private BuildKitException explain(String said) {
    if (said.contains("executable file not found")) {
      return failure(
          ErrorCode.NOT_FOUND,
          "there is no buildctl in the container " + container
              + "; name a container of moby/buildkit");
    }
    return failure(
        ErrorCode.UNAVAILABLE,
        (connected
                ? "the container " + container + " ended the connection: "
                : "buildctl dial-stdio in the container " + container + " failed: ")
            + said);
  }

  private BuildKitException failure(ErrorCode code, String why) {
    return new BuildKitException(code, attempted + ": " + why, null);
  }

  /** Wrapped as an error of HTTP/2, because that is what reaches those who wait. */
  private void fail(ChannelHandlerContext ctx, BuildKitException failure) {
    if (!failed) {
      failed = true;
      ctx.fireExceptionCaught(
          Http2Exception.connectionError(Http2Error.CONNECT_ERROR, failure, failure.getMessage()));
      var unused = ctx.close();
    }
  }
}
