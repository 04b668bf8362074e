/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends a tree the way that a daemon does, in chunks of 32 KiB. */
public final class FakeSender {
  private static final int CHUNK_BYTES = 32 * 1024;

  private final List<Stat> stats = new ArrayList<>();
  private final List<byte[]> contents = new ArrayList<>();

  @CanIgnoreReturnValue
  public FakeSender add(Stat stat) {
    return add(stat, new byte[0]);
  }

  @CanIgnoreReturnValue
  public FakeSender add(Stat stat, String content) {
    return add(stat, content.getBytes(UTF_8));
  }

  @CanIgnoreReturnValue
  public FakeSender add(Stat stat, byte[] content) {
    stats.add(stat);
    contents.add(content);
    return this;
  }

  /** Returns what comes before any content. */
  public List<Packet> entries() {
    List<Packet> packets = new ArrayList<>();
    stats.forEach(stat -> packets.add(new Packet.Entry(stat)));
    packets.add(new Packet.EndOfEntries());
    return packets;
  }

  /** Returns the packets that follow one from the receiver. */
  public List<Packet> answer(Packet packet) {
    List<Packet> packets = new ArrayList<>();
    if (packet instanceof Packet.Request request) {
      byte[] content = contents.get(request.id());
      for (int at = 0; at < content.length; at += CHUNK_BYTES) {
        int size = Math.min(CHUNK_BYTES, content.length - at);
        packets.add(new Packet.Data(request.id(), ByteBuffer.wrap(content, at, size)));
      }
      packets.add(new Packet.Data(request.id(), ByteBuffer.allocate(0)));
    } else {
      packets.add(packet);
    }
    return packets;
  }

  /** Plays a whole transfer, with all entries before the first content. */
  public void sendTo(Receiver receiver) throws IOException {
    for (Packet packet : entries()) {
      receiver.receive(packet);
    }
    answerAll(receiver);
  }

  /** Plays what follows the entries. */
  public void answerAll(Receiver receiver) throws IOException {
    Optional<Packet> asked = receiver.poll();
    while (asked.isPresent()) {
      for (Packet packet : answer(asked.get())) {
        receiver.receive(packet);
      }
      asked = receiver.poll();
    }
  }
}
