/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.client.internal.fsutil.DiskProblem;
import io.grpc.Metadata;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An exporter whose result is one stream of bytes. */
final class ByteExport implements Export {
  private static final Logger log = LoggerFactory.getLogger(ByteExport.class);

  private final String destination;
  private final ByteSink sink;
  private final Gate gate = new Gate();
  private final Object lock = new Object();
  private @Nullable Opened opened;

  ByteExport(String destination, ByteSink sink) {
    this.destination = destination;
    this.sink = sink;
  }

  @Override
  public Gate gate() {
    return gate;
  }

  @Override
  public Transfer open(Metadata headers) throws IOException {
    synchronized (lock) {
      if (opened != null) {
        throw new IOException("the daemon sent the result twice");
      }
      WritableByteChannel channel = sink.open(FileSendHeaders.response(headers));
      opened = new Opened(channel, new ByteTransfer(channel));
      return opened.transfer;
    }
  }

  @Override
  public IOException failure(Exception cause) {
    return DiskProblem.exporting(destination, cause);
  }

  @Override
  public void unblock() {
    Opened open = opened();
    if (open != null && open.channel instanceof InterruptibleChannel channel) {
      close(channel);
    }
  }

  @Override
  public void commit() throws IOException {
    Opened open = opened();
    if (open == null || !open.transfer.isStored()) {
      discard();
      throw new IOException("the solve ended, but the daemon did not send everything");
    }
    sink.commit();
  }

  @Override
  public void discard() {
    Opened open = opened();
    if (open != null) {
      close(open.channel);
      sink.discard();
    }
  }

  @Override
  public String toString() {
    return "export to " + destination;
  }

  private @Nullable Opened opened() {
    synchronized (lock) {
      return opened;
    }
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
