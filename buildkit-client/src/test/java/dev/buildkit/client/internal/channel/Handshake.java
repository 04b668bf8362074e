/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A connection with one layer on it, whose peer is the test, and what comes out above the layer. */
final class Handshake {
  private final EmbeddedChannel channel =
      new EmbeddedChannel(DefaultChannelId.newInstance(), false, false);
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final StringBuilder sent = new StringBuilder();
  private final List<Throwable> failures = new ArrayList<>();
  private boolean active;
  private boolean ended;

  private Handshake() {}

  /** Connects. */
  static Handshake begin(Layer layer) throws Exception {
    Handshake handshake = new Handshake();
    layer.addTo(handshake.channel);
    handshake.channel.pipeline().addLast(handshake.new Above());
    handshake.channel.register();
    handshake.collect();
    return handshake;
  }

  EmbeddedChannel channel() {
    return channel;
  }

  /** Lets the peer send bytes. */
  void receive(byte[] bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes));
    collect();
  }

  /** Lets the peer send text. */
  void receive(String text) {
    receive(text.getBytes(UTF_8));
  }

  /** Lets the peer end the connection. */
  void hangUp() {
    var unused = channel.close();
  }

  /** Sends text from above the layer. */
  void send(String text) {
    channel.writeOutbound(Unpooled.copiedBuffer(text, UTF_8));
    collect();
  }

  /** Returns what the peer got since the last call. */
  String sent() {
    String all = sent.toString();
    sent.setLength(0);
    return all;
  }

  /** Returns what came out above the layer. */
  byte[] received() {
    return received.toByteArray();
  }

  /** Returns whether the layer has let the connection be active. */
  boolean isActive() {
    return active;
  }

  /** Returns whether whoever is above the layer knows that the connection is over. */
  boolean isEnded() {
    return ended;
  }

  /** Returns the failures that whoever is above the layer knows. */
  List<Throwable> failures() {
    return failures;
  }

  private void collect() {
    for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
      sent.append(bytes.toString(UTF_8));
      bytes.release();
    }
  }

  private final class Above extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      active = true;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (!active) {
        throw new AssertionError("bytes before the connection is active: " + message);
      }
      ByteBuf bytes = (ByteBuf) message;
      byte[] copy = new byte[bytes.readableBytes()];
      bytes.readBytes(copy).release();
      received.writeBytes(copy);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      ended = true;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      failures.add(cause);
    }
  }
}
