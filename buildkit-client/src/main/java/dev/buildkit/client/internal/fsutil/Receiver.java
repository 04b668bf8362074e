/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.file.FilePath;
import dev.buildkit.client.file.FileType;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * The receiving end of one transfer: takes packets, and makes the files that they tell of.
 *
 * <p>Every regular file is asked for, also an empty one. Packets to send back are polled, so that no
 * more of them exist than the transport takes. Not thread-safe, and every call may block on the disk.
 */
public final class Receiver {
  private final TreeWriter writer;
  private final EntryOrder order = new EntryOrder();
  private final Map<Integer, ReceivedFile> requested = new HashMap<>();
  private final Queue<Wish> wishes = new ArrayDeque<>();
  private int nextId;
  private State state = State.ENTRIES;

  private enum State {
    ENTRIES,
    CONTENT,
    STORED,
    FINISHED
  }

  Receiver(TreeWriter writer) {
    this.writer = writer;
  }

  /**
   * Takes the next packet from the sender.
   *
   * @throws IOException if the packet is not allowed, or the disk refuses it; the message names the
   *     entry, and the transfer is over
   */
  public void receive(Packet packet) throws IOException {
    if (packet instanceof Packet.Entry entry) {
      entry(entry.stat());
    } else if (packet instanceof Packet.Data data) {
      content(data);
    } else if (packet instanceof Packet.EndOfEntries) {
      endOfEntries();
    } else if (packet instanceof Packet.Finish) {
      finish();
    } else if (packet instanceof Packet.Failure failure) {
      throw new IOException("the daemon cannot send the files: " + failure.message());
    } else if (packet instanceof Packet.Request) {
      throw new IOException("the daemon asked for a file where it should send one");
    }
  }

  /** Returns the next packet to send, if there is one now. */
  public Optional<Packet> poll() {
    Wish wish = wishes.poll();
    if (wish != null) {
      requested.put(wish.id, wish.file);
      return Optional.of(new Packet.Request(wish.id));
    }
    if (state == State.CONTENT && requested.isEmpty()) {
      state = State.STORED;
      return Optional.of(new Packet.Finish());
    }
    return Optional.empty();
  }

  /** Returns whether all files are there. The sender may break the transfer off from then on. */
  public boolean isStored() {
    return state == State.STORED || state == State.FINISHED;
  }

  /** Returns whether the sender has seen that all files are there, and nothing more will come. */
  public boolean isFinished() {
    return state == State.FINISHED;
  }

  /** Gives the transfer up, and closes its files. */
  public void close() throws IOException {
    for (ReceivedFile file : requested.values()) {
      file.close();
    }
    requested.clear();
    wishes.clear();
  }

  private void entry(Stat stat) throws IOException {
    FilePath path = checked(stat.path());
    int id = nextId++;
    try {
      if (state != State.ENTRIES) {
        throw new IOException("it was sent after the end of all entries");
      }
      FileType type = FileMode.type(stat.mode())
          .orElseThrow(() ->
              new IOException("it has the unknown mode 0x" + Integer.toHexString(stat.mode())));
      writer.leave(order.accept(path, type == FileType.DIRECTORY));
      create(id, path, type, stat);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  private void create(int id, FilePath path, FileType type, Stat stat) throws IOException {
    EntryAttributes attributes = EntryAttributes.of(stat);
    if (type == FileType.DIRECTORY) {
      writer.directory(path, attributes);
    } else if (type == FileType.SYMLINK) {
      writer.symlink(path, stat.linkName(), attributes);
    } else if (stat.linkName().length > 0) {
      writer.hardLink(path, checked(stat.linkName()));
    } else if (type == FileType.REGULAR) {
      wishes.add(new Wish(id, writer.file(path, attributes)));
    } else {
      writer.special(path, type, stat);
    }
  }

  private static FilePath checked(byte[] path) throws IOException {
    try {
      if (path.length > 0) {
        return FilePath.ofBytes(path);
      }
    } catch (IllegalArgumentException e) {
      // Told below, as for the empty path.
    }
    throw new IOException("the path \"" + new String(path, UTF_8) + "\" is not relative and clean");
  }

  private void content(Packet.Data data) throws IOException {
    ReceivedFile file = requested.get(data.id());
    if (file == null) {
      throw new IOException("content came for entry " + data.id() + ", which was not asked for");
    }
    try {
      if (data.bytes().hasRemaining()) {
        file.write(data.bytes());
      } else {
        requested.remove(data.id());
        file.finish();
      }
    } catch (IOException e) {
      throw failure(file.path(), e);
    }
  }

  private void endOfEntries() throws IOException {
    if (state != State.ENTRIES) {
      throw new IOException("the entries ended twice");
    }
    state = State.CONTENT;
    writer.leaveAll();
  }

  private void finish() throws IOException {
    if (state != State.STORED) {
      throw new IOException("the daemon ended the transfer before all files had come");
    }
    state = State.FINISHED;
  }

  private static IOException failure(FilePath path, IOException cause) {
    return new IOException(path + ": " + DiskProblem.reason(cause), cause);
  }

  private record Wish(int id, ReceivedFile file) {}
}
