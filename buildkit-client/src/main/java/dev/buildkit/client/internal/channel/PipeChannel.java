/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A Netty channel over a {@link BytePipe}, so that gRPC runs over whatever carries bytes. It runs on any event loop and
 * needs no file descriptor. As it is here, it is the connection of a server; {@link PipeClientChannel} adds what a
 * client needs.
 */
class PipeChannel extends AbstractChannel implements BytePipe.Receiver {

  private static final ChannelMetadata METADATA = new ChannelMetadata(false);

  private final PipeAddress peer;
  private final @Nullable BytePipe accepted;
  private final ChannelConfig config = new PipeChannelConfig(this);
  private final Runnable shutdownHook = this::closeNow;

  private final PipeBatch batch = new PipeBatch();
  private final Queue<ByteBuf> inbound = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean readScheduled = new AtomicBoolean();
  private volatile boolean inboundEnded;
  private volatile @Nullable IOException failure;
  private boolean readWanted;

  private volatile @Nullable BytePipe pipe;
  private volatile boolean closed;

  /** Creates a channel that is not connected. */
  PipeChannel(PipeAddress peer) {
    super(null);
    this.peer = peer;
    this.accepted = null;
  }

  /** Creates the child of a server channel. It starts the pipe when it is registered. */
  PipeChannel(Channel parent, PipeAddress peer, BytePipe accepted) {
    super(parent);
    this.peer = peer;
    this.accepted = accepted;
  }

  @Override
  public final void received(IncomingBytes bytes) throws IOException {
    ByteBuf copy = alloc().heapBuffer(bytes.length());
    bytes.copyTo(copy.array(), copy.arrayOffset());
    inbound.add(copy.writerIndex(bytes.length()));
    scheduleRead();
  }

  @Override
  public final void writable() {
    if (eventLoop().inEventLoop()) {
      flushNow();
    } else {
      execute(this::flushNow);
    }
  }

  @Override
  public final void ended() {
    inboundEnded = true;
    scheduleRead();
  }

  @Override
  public final void failed(IOException cause) {
    failure = cause;
    ended();
  }

  @Override
  public final ChannelConfig config() {
    return config;
  }

  @Override
  public final ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  public final boolean isOpen() {
    return !closed;
  }

  @Override
  public final boolean isActive() {
    return pipe != null && !closed;
  }

  /** Begins to connect, on the event loop. */
  void connect(ChannelPromise promise) {
    promise.setFailure(
        new UnsupportedOperationException("connect to " + peer + ": it connects to us"));
  }

  /** Makes the channel active, on the event loop. */
  final void start(BytePipe connected) {
    pipe = connected;
    connected.start(this);
  }

  final void closeNow() {
    unsafe().close(unsafe().voidPromise());
  }

  @Override
  protected final AbstractUnsafe newUnsafe() {
    return new PipeUnsafe();
  }

  @Override
  protected final boolean isCompatible(EventLoop loop) {
    return true;
  }

  @Override
  protected final SocketAddress localAddress0() {
    return peer;
  }

  @Override
  protected final SocketAddress remoteAddress0() {
    return peer;
  }

  @Override
  @SuppressWarnings(
      "deprecation") // Netty 4.2 has another method, which calls this one; 4.1 has this one alone.
  protected final void doRegister() {
    // A loop that ends closes the channels of its selector, which does not know this one.
    if (eventLoop() instanceof SingleThreadEventExecutor executor) {
      executor.addShutdownHook(shutdownHook);
    }
    if (accepted != null) {
      start(accepted);
    }
  }

  @Override
  protected final void doDeregister() {
    if (eventLoop() instanceof SingleThreadEventExecutor executor) {
      executor.removeShutdownHook(shutdownHook);
    }
  }

  @Override
  protected final void doBind(SocketAddress address) {
    throw new UnsupportedOperationException("bind a pipe: it has no address of its own");
  }

  @Override
  protected final void doDisconnect() {
    doClose();
  }

  @Override
  protected void doClose() {
    BytePipe open = closed ? null : pipe;
    closed = true;
    releaseInbound();
    if (open != null) {
      open.close();
    }
  }

  @Override
  protected final void doBeginRead() {
    readWanted = true;
    if (inboundEnded || !inbound.isEmpty()) {
      scheduleRead();
    }
  }

  @Override
  protected final Object filterOutboundMessage(Object message) {
    if (message instanceof ByteBuf) {
      return message;
    }
    throw new UnsupportedOperationException("write to a pipe: it takes no " + message.getClass());
  }

  @Override
  protected final void doWrite(ChannelOutboundBuffer out) throws Exception {
    BytePipe open = pipe;
    while (open != null && !out.isEmpty() && open.isWritable()) {
      batch.collect(out);
      if (batch.length() > 0) {
        open.write(batch);
      }
      batch.removeFrom(out);
    }
  }

  private void flushNow() {
    ((PipeUnsafe) unsafe()).flush0();
  }

  /** Reads later, when more may have come: what the reader answers to all of it then goes out in one batch. */
  private void scheduleRead() {
    if (readScheduled.compareAndSet(false, true)) {
      execute(this::readScheduled);
    }
  }

  private void readScheduled() {
    readScheduled.set(false);
    if (closed) {
      releaseInbound();
    } else if (readWanted) {
      readInbound();
    }
  }

  private void readInbound() {
    boolean last = inboundEnded;
    int chunks = 0;
    for (ByteBuf bytes = inbound.poll(); bytes != null; bytes = inbound.poll()) {
      readWanted = false;
      chunks++;
      pipeline().fireChannelRead(bytes);
    }
    if (chunks > 0) {
      pipeline().fireChannelReadComplete();
    }
    if (last) {
      endRead();
    } else if (chunks > 0 && pipe != null && !closed) {
      pipe.request(chunks);
    }
  }

  private void endRead() {
    IOException cause = failure;
    if (cause != null) {
      pipeline().fireExceptionCaught(cause);
    }
    closeNow();
  }

  private void releaseInbound() {
    for (ByteBuf bytes = inbound.poll(); bytes != null; bytes = inbound.poll()) {
      bytes.release();
    }
  }

  private void execute(Runnable task) {
    try {
      eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      // The loop has ended, and closed this channel before.
      releaseInbound();
    }
  }

  private final class PipeUnsafe extends AbstractUnsafe {

    @Override
    public void connect(
        SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
      if (promise.setUncancellable() && ensureOpen(promise)) {
        PipeChannel.this.connect(promise);
      }
    }

    /** Goes on with a flush that had to wait. */
    @Override
    protected void flush0() {
      super.flush0();
    }
  }
}
