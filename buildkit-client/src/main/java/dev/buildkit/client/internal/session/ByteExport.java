/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.client.internal.fsutil.DiskProblem;
import io.grpc.Metadata;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An exporter whose result is one stream of bytes. */
final class ByteExport implements Export {
  private static final Logger log = LoggerFactory.getLogger(ByteExport.class);

  private final String destination;
  private final ByteSink sink;
  private final Gate gate = new Gate();
  private final AtomicBoolean claimed = new AtomicBoolean();
  private final AtomicReference<@Nullable Opened> opened = new AtomicReference<>();

  ByteExport(String destination, ByteSink sink) {
    this.destination = destination;
    this.sink = sink;
  }

  @Override
  public Gate gate() {
    return gate;
  }

  /** The sink may block, so nothing is locked meanwhile: those who give the export up must not wait for it. */
  @Override
  public Transfer open(Metadata headers) throws IOException {
    if (!claimed.compareAndSet(false, true)) {
      throw new IOException("the daemon sent the result twice");
    }
    WritableByteChannel channel = sink.open(FileSendHeaders.response(headers));
    ByteTransfer transfer = new ByteTransfer(channel);
    opened.set(new Opened(channel, transfer));
    return transfer;
  }

  @Override
  public IOException failure(Exception cause) {
    return DiskProblem.exporting(destination, cause);
  }

  @Override
  public void unblock() {
    Opened open = opened.get();
    if (open != null && open.channel instanceof InterruptibleChannel channel) {
      close(channel);
    }
  }

  @Override
  public boolean commitsLast() {
    return sink.commitsLast();
  }

  @Override
  public void commit() throws IOException {
    Opened open = opened.get();
    if (open == null || !open.transfer.isStored()) {
      discard();
      throw new IOException("the solve ended, but the daemon did not send everything");
    }
    sink.commit();
  }

  @Override
  public void discard() {
    Opened open = opened.get();
    if (open != null) {
      close(open.channel);
      sink.discard();
    }
  }

  @Override
  public String toString() {
    return "export to " + destination;
  }

  private void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      log.debug("cannot close the unfinished export to {}", destination, e);
    }
  }

  private record Opened(WritableByteChannel channel, ByteTransfer transfer) {}
}
