/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Map;

/** Writes to a channel of the caller, who closes it. */
final class ChannelTarget implements ExportTarget {
  private final WritableByteChannel channel;

  ChannelTarget(WritableByteChannel channel) {
    this.channel = requireNonNull(channel, "channel");
    if (channel instanceof SelectableChannel selectable && !selectable.isBlocking()) {
      throw new IllegalArgumentException(
          "export to " + channel + ": it does not block; call configureBlocking(true) before");
    }
  }

  @Override
  public WritableByteChannel open(Map<String, String> response) {
    return new BorrowedChannel();
  }

  @Override
  public String toString() {
    return "a channel";
  }

  private final class BorrowedChannel implements WritableByteChannel {
    private volatile boolean open = true;

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      return channel.write(bytes);
    }

    @Override
    public boolean isOpen() {
      return open && channel.isOpen();
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
