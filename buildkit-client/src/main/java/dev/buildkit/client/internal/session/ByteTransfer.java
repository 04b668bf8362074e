/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.client.internal.channel.BytesMessages;
import dev.buildkit.client.internal.fsutil.Packet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/** The bytes of one tar stream. */
final class ByteTransfer implements Transfer {
  /** Messages have up to 3 MiB, and all of the window may wait in memory for a slow disk. */
  private static final int WINDOW = 8;

  private final WritableByteChannel channel;
  private volatile boolean stored;

  ByteTransfer(WritableByteChannel channel) {
    this.channel = channel;
  }

  /** Returns whether the channel has taken everything; may be asked by any thread. */
  boolean isStored() {
    return stored;
  }

  @Override
  public int window() {
    return WINDOW;
  }

  @Override
  public void message(InputStream message) throws IOException {
    BytesMessages.incoming().parse(message).writeTo(channel);
  }

  @Override
  public Optional<Packet> poll() {
    return Optional.empty();
  }

  @Override
  public boolean isFinished() {
    return stored;
  }

  /** The daemon waits for the answer, so that a close that fails makes the solve fail. */
  @Override
  public void end() throws IOException {
    channel.close();
    stored = true;
  }

  @Override
  public void cancel() throws IOException {
    channel.close();
  }

  @Override
  public Optional<Packet> failure(String message) {
    return Optional.empty();
  }
}
