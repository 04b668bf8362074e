/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps bytes and the order of calls, and fails at the call that a test names. */
final class FakeSink implements ByteSink {
  final List<String> events = new CopyOnWriteArrayList<>();
  final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final String failAt;
  private Runnable beforeOpen = () -> {};
  private Runnable beforeCommit = () -> {};
  private boolean rename;

  FakeSink() {
    this("");
  }

  FakeSink(String failAt) {
    this.failAt = failAt;
  }

  /** Lets the opening take its time. */
  FakeSink beforeOpen(Runnable task) {
    beforeOpen = task;
    return this;
  }

  FakeSink beforeCommit(Runnable task) {
    beforeCommit = task;
    return this;
  }

  FakeSink asRename() {
    rename = true;
    return this;
  }

  @Override
  public boolean commitsLast() {
    return rename;
  }

  @Override
  public WritableByteChannel open(Map<String, String> response) throws IOException {
    beforeOpen.run();
    event("open " + response);
    return new SinkChannel();
  }

  @Override
  public void commit() throws IOException {
    beforeCommit.run();
    event("commit");
  }

  @Override
  public void discard() {
    events.add("discard");
  }

  private void event(String event) throws IOException {
    events.add(event);
    if (!failAt.isEmpty() && event.startsWith(failAt)) {
      throw new IOException("No space left on device");
    }
  }

  private final class SinkChannel implements WritableByteChannel {
    private boolean open = true;

    @Override
    public int write(ByteBuffer source) throws IOException {
      byte[] copy = new byte[source.remaining()];
      source.get(copy);
      bytes.writeBytes(copy);
      if (failAt.equals("write")) {
        throw new IOException("No space left on device");
      }
      return copy.length;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() throws IOException {
      if (open) {
        open = false;
        event("close");
      }
    }
  }
}
