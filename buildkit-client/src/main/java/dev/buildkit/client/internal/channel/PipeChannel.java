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
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A Netty channel over a {@link BytePipe}, so that gRPC runs over whatever carries bytes. It runs on any event loop,
 * needs no file descriptor, and is both the connection of a server (by itself) and that of a client ({@link
 * PipeClientChannel}).
 */
class PipeChannel extends AbstractChannel implements BytePipe.Receiver {

  private static final ChannelMetadata METADATA = new ChannelMetadata(false);

  private final PipeAddress peer;
  private final ChannelConfig config = new PipeChannelConfig(this);
  private final Runnable shutdownHook = this::closeNow;
  private final Runnable readNow = this::takeInbound;

  private final PipeBatch batch = new PipeBatch();
  private final Queue<ByteBuf> inbound = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean readScheduled = new AtomicBoolean();
  private volatile boolean inboundEnded;
  private boolean readWanted;

  private volatile @Nullable BytePipe pipe;
  private volatile boolean closed;

  /** Creates a channel that has no pipe yet. */
  PipeChannel(PipeAddress peer) {
    super(null);
    this.peer = peer;
  }

  /** Creates the child of a server channel, over a pipe that has not been started. */
  PipeChannel(Channel parent, PipeAddress peer, BytePipe pipe) {
    super(parent);
    this.peer = peer;
    this.pipe = pipe;
  }

  @Override
  public final void received(IncomingBytes bytes) throws IOException {
    inbound.add(copy(bytes));
    scheduleRead();
  }

  @Override
  public final void ended() {
    inboundEnded = true;
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
    return !closed && pipe != null;
  }

  /** Starts the pipe of a channel that was created without. Runs on the event loop. */
  final void start(BytePipe opened) {
    pipe = opened;
    opened.start(this);
  }

  /** Closes the channel. Runs on the event loop. */
  final void closeNow() {
    unsafe().close(unsafe().voidPromise());
  }

  /** Begins to connect; the promise has been made uncancellable. Only clients connect. */
  void connect(ChannelPromise promise) {
    promise.setFailure(new UnsupportedOperationException("connect a pipe that a server was given"));
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
  protected final void doRegister(ChannelPromise promise) {
    // A loop knows the channels of its selector only, and would leave this one open when it ends.
    if (eventLoop() instanceof SingleThreadEventExecutor executor) {
      executor.addShutdownHook(shutdownHook);
    }
    BytePipe given = pipe;
    if (given != null) {
      given.start(this);
    }
    promise.setSuccess();
  }

  @Override
  protected final void doDeregister() {
    if (eventLoop() instanceof SingleThreadEventExecutor executor) {
      executor.removeShutdownHook(shutdownHook);
    }
  }

  @Override
  protected final void doBind(SocketAddress localAddress) {
    throw new UnsupportedOperationException("bind a pipe: it has no address of its own");
  }

  @Override
  protected final void doDisconnect() {
    doClose();
  }

  @Override
  protected void doClose() {
    boolean wasOpen = !closed;
    closed = true;
    releaseInbound();
    BytePipe open = pipe;
    if (wasOpen && open != null) {
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

  /** Reads later, when more may have come: what the reader answers to all of it goes out in one batch. */
  private void scheduleRead() {
    if (readScheduled.compareAndSet(false, true)) {
      execute(readNow);
    }
  }

  private void execute(Runnable task) {
    try {
      eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      // The loop is gone, and has closed this channel before.
      releaseInbound();
    }
  }

  private void takeInbound() {
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
    BytePipe open = pipe;
    if (last) {
      closeNow();
    } else if (chunks > 0 && open != null && !closed) {
      open.request(chunks);
    }
  }

  private ByteBuf copy(IncomingBytes bytes) throws IOException {
    ByteBuf copy = alloc().heapBuffer(bytes.length(), bytes.length());
    try {
      while (copy.isWritable()) {
        if (copy.writeBytes(bytes.stream(), copy.writableBytes()) < 0) {
          throw new EOFException(
              "read " + bytes.length() + " bytes from " + peer + ": they end early");
        }
      }
      return copy;
    } catch (IOException e) {
      copy.release();
      throw e;
    }
  }

  private void releaseInbound() {
    for (ByteBuf bytes = inbound.poll(); bytes != null; bytes = inbound.poll()) {
      bytes.release();
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

    @Override
    protected void flush0() {
      super.flush0();
    }
  }
}
