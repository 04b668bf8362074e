/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One of the lines of work of a transfer: it takes packets from a source and sends them.
 *
 * <p>It returns when there is nothing to send or no room, and is run again by who makes either; never by two at a time.
 */
final class Lane implements Runnable {
  private final PacketSource source;
  private final Outbox outbox;
  private final Consumer<Throwable> onFailure;
  private @Nullable Packet pending;

  Lane(PacketSource source, Outbox outbox, Consumer<Throwable> onFailure) {
    this.source = source;
    this.outbox = outbox;
    this.onFailure = onFailure;
  }

  @Override
  public void run() {
    try {
      boolean more = true;
      while (more) {
        more = sendNext();
      }
    } catch (Throwable e) { // Also errors: a receiver must never wait for a lane that is gone.
      source.close();
      onFailure.accept(e);
    }
  }

  /** Returns whether to go on at once. */
  private boolean sendNext() throws IOException {
    Packet packet = pending == null ? source.next(this) : pending;
    if (packet == null) {
      return false;
    }
    pending = packet;
    return switch (outbox.offer(packet, this)) {
      case SENT -> {
        pending = null;
        yield true;
      }
      case LATER -> false;
      case CLOSED -> {
        source.close();
        yield false;
      }
    };
  }
}
