/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The way of packets into a call, one at a time and only as fast as the transport takes them. Thread-safe.
 *
 * <p>No thread ever waits here: who comes too early is run again when there is room.
 */
final class Outbox {
  private final Object lock = new Object();
  private final ServerCall<?, Packet> call;
  private final Executor executor;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean closed;

  Outbox(ServerCall<?, Packet> call, Executor executor) {
    this.call = call;
    this.executor = executor;
  }

  /** What became of a packet. */
  enum Outcome {
    /** It was written, and its buffer is free again. */
    SENT,
    /** There was no room; the sender is run when there is, or when the call has ended. */
    LATER,
    /** The call has ended. */
    CLOSED
  }

  /** Sends a packet if there is room, else remembers whom to run. */
  Outcome offer(Packet packet, Runnable sender) {
    Runnable next;
    synchronized (lock) {
      if (closed) {
        return Outcome.CLOSED;
      }
      if (!call.isReady()) {
        waiting.add(sender);
        return Outcome.LATER;
      }
      call.sendMessage(packet);
      next = call.isReady() ? waiting.poll() : null;
    }
    run(next);
    return Outcome.SENT;
  }

  /** Runs the first who waits; each that sends runs the next while there is room. */
  void onReady() {
    Runnable next;
    synchronized (lock) {
      next = waiting.poll();
    }
    run(next);
  }

  private void run(@Nullable Runnable sender) {
    if (sender != null) {
      executor.execute(sender);
    }
  }

  /** Returns whether the call has ended, from this side or the other. */
  boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  /** Ends the call with a last packet; does nothing if it has ended. */
  void close(Packet last, Status status) {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      call.sendMessage(last);
      call.close(status, new Metadata());
    }
    runAll();
  }

  /** Ends the call; does nothing if it has ended. */
  void close(Status status) {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      call.close(status, new Metadata());
    }
    runAll();
  }

  /** Stops sending after the other side has ended the call. */
  void onCancel() {
    synchronized (lock) {
      closed = true;
    }
    runAll();
  }

  /** Lets all who wait find out that the call has ended, which takes them no time. */
  private void runAll() {
    List<Runnable> senders;
    synchronized (lock) {
      senders = new ArrayList<>(waiting);
      waiting.clear();
    }
    senders.forEach(Runnable::run);
  }
}
