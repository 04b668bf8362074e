/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.client.internal.fsutil.Packet;
import dev.buildkit.client.internal.fsutil.PacketMarshaller;
import dev.buildkit.client.internal.fsutil.Receiver;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The files of one platform, or of all. */
final class TreeTransfer implements Transfer {
  /** Packets have 32 KiB at most, and many are small. */
  private static final int WINDOW = 64;

  private final Receiver receiver;
  private volatile boolean stored;

  TreeTransfer(Receiver receiver) {
    this.receiver = receiver;
  }

  /** Returns whether all files are on the disk; may be asked by any thread. */
  boolean isStored() {
    return stored;
  }

  @Override
  public int window() {
    return WINDOW;
  }

  @Override
  public void message(InputStream message) throws IOException {
    receiver.receive(PacketMarshaller.INSTANCE.parse(message));
  }

  @Override
  public Optional<Packet> poll() {
    Optional<Packet> packet = receiver.poll();
    stored = receiver.isStored();
    return packet;
  }

  @Override
  public boolean isFinished() {
    return receiver.isFinished();
  }

  @Override
  public void end() throws IOException {
    if (!stored) {
      throw new IOException("the daemon ended the call before all files had come");
    }
  }

  /** Once all files are there the daemon breaks the call off without a proper end. */
  @Override
  public void cancel() throws IOException {
    receiver.close();
  }

  @Override
  public Optional<Packet> failure(String message) {
    return Optional.of(new Packet.Failure(message));
  }
}
