/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The client's end of a connection over a pipe, which a connector opens. */
final class PipeClientChannel extends PipeChannel {

  private final PipeAddress peer;
  private final PipeConnector connector;
  private @Nullable ChannelPromise connecting;

  PipeClientChannel(PipeAddress peer, PipeConnector connector) {
    super(peer);
    this.peer = peer;
    this.connector = connector;
  }

  @Override
  void connect(ChannelPromise promise) {
    connecting = promise;
    int limitMillis = config().getConnectTimeoutMillis();
    if (limitMillis > 0) {
      var unused =
          eventLoop().schedule(() -> timedOut(limitMillis), limitMillis, TimeUnit.MILLISECONDS);
    }
    var unused = connector.connect().whenComplete(this::dialled);
  }

  @Override
  protected void doClose() {
    fail(new ClosedChannelException());
    super.doClose();
  }

  private void dialled(@Nullable BytePipe opened, @Nullable Throwable failure) {
    try {
      eventLoop().execute(() -> finish(opened, failure));
    } catch (RejectedExecutionException e) {
      if (opened != null) {
        opened.close();
      }
    }
  }

  private void finish(@Nullable BytePipe opened, @Nullable Throwable failure) {
    ChannelPromise promise = connecting;
    if (opened == null) {
      failAndClose(failure == null ? new ClosedChannelException() : failure);
    } else if (promise == null) {
      // It was given up in the meantime.
      opened.close();
    } else {
      connecting = null;
      start(opened);
      promise.setSuccess();
      pipeline().fireChannelActive();
    }
  }

  private void timedOut(int limitMillis) {
    failAndClose(
        new ConnectTimeoutException("connection timed out after " + limitMillis + " ms: " + peer));
  }

  private void failAndClose(Throwable cause) {
    if (fail(cause)) {
      closeNow();
    }
  }

  private boolean fail(Throwable cause) {
    ChannelPromise promise = connecting;
    connecting = null;
    return promise != null && promise.tryFailure(cause);
  }
}
