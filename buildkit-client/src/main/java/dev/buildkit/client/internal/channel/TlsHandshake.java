/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import dev.buildkit.client.internal.tls.TlsAlert;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * Keeps a channel from being active until the server has accepted the client.
 *
 * <p>In TLS 1.3 that is later than the end of the handshake as the client sees it: the client has said its last word, and the server
 * has yet to look at the certificate in it. A client that sends on at once may find the connection reset before it has read why. So it
 * waits for the first bytes after the handshake; a server that accepts sends a session ticket, or the settings of HTTP/2.
 */
final class TlsHandshake extends ChannelInboundHandlerAdapter {

  /** What part of the time to connect is for a server that says nothing by itself, as few do, and how much that is at most. */
  private static final int SILENCE_PART = 5;

  private static final int MAX_SILENCE_MILLIS = 10_000;

  private final SslHandler tls;
  private Optional<X509Certificate> presented = Optional.empty();
  private boolean agreed;
  private boolean active;

  TlsHandshake(SslHandler tls) {
    this.tls = tls;
  }

  /** Returns the handler that stands before TLS and sees what is still encrypted. */
  ChannelHandler before() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object bytes) {
        boolean answer = agreed;
        context.fireChannelRead(bytes);
        notePresented();
        if (answer) {
          activate(context.pipeline().context(TlsHandshake.this));
        }
      }
    };
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    tls.setHandshakeTimeoutMillis(context.channel().config().getConnectTimeoutMillis());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    // Told later.
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    activate(context);
    context.fireChannelRead(bytes);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof SslHandshakeCompletionEvent end)) {
      context.fireUserEventTriggered(event);
    } else if (!end.isSuccess()) {
      exceptionCaught(context, end.cause());
    } else if (tls.engine().getSession().getProtocol().equals("TLSv1.3")) {
      agreed = true;
      var unused = context
          .executor()
          .schedule(() -> activate(context), silenceMillis(context), TimeUnit.MILLISECONDS);
    } else {
      activate(context);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    Throwable explained = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .filter(SSLException.class::isInstance)
        .flatMap(cause -> TlsAlert.explain((SSLException) cause, presented).stream())
        .findFirst()
        .map(Throwable.class::cast)
        .orElse(failure);
    context.fireExceptionCaught(explained);
  }

  private static int silenceMillis(ChannelHandlerContext context) {
    int connectMillis = context.channel().config().getConnectTimeoutMillis();
    return Math.min(connectMillis / SILENCE_PART, MAX_SILENCE_MILLIS);
  }

  private void activate(ChannelHandlerContext context) {
    if (!active && context.channel().isActive()) {
      active = true;
      context.fireChannelActive();
    }
  }

  /** A failure is told when the session is gone that knows what was presented in it. */
  private void notePresented() {
    SSLSession handshake = tls.engine().getHandshakeSession();
    SSLSession session = handshake == null ? tls.engine().getSession() : handshake;
    Certificate[] local = session.getLocalCertificates();
    if (local != null && local.length > 0) {
      presented = Optional.of((X509Certificate) local[0]);
    }
  }
}
