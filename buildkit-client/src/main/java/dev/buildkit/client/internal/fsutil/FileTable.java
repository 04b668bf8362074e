/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import dev.buildkit.client.file.FilePath;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The paths of the entries sent, by id, as a receiver may ask for any of them until the end. Thread-safe.
 *
 * <p>Neighbours in a walk share most of their path, so each is stored as its difference to the one before, in groups that
 * begin with a whole path: about 25 bytes for a file.
 */
final class FileTable {
  private static final int GROUP_SIZE = 16;

  /** The path of an entry whose content is empty and must not be opened. */
  static final FilePath NO_CONTENT = FilePath.root();

  private final Object lock = new Object();
  private final List<byte[]> groups = new ArrayList<>();
  private final BitSet requestable = new BitSet();
  private final ByteArrayOutputStream openGroup = new ByteArrayOutputStream();
  private FilePath last = FilePath.root();
  private int size;

  /** Adds the next entry, and says whether its content may be asked for. */
  void add(FilePath path, boolean mayBeRequested) {
    synchronized (lock) {
      writeDifference(path);
      last = path;
      requestable.set(size, mayBeRequested);
      size++;
      if (size % GROUP_SIZE == 0) {
        groups.add(openGroup.toByteArray());
        openGroup.reset();
        last = FilePath.root();
      }
    }
  }

  private void writeDifference(FilePath path) {
    int shared = 0;
    int limit = Math.min(path.length(), last.length());
    while (shared < limit && path.byteAt(shared) == last.byteAt(shared)) {
      shared++;
    }
    writeNumber(shared);
    writeNumber(path.length() - shared);
    openGroup.write(path.toBytes(), shared, path.length() - shared);
  }

  /** Writes seven bits a byte, the low ones first, with the high bit set in all bytes but the last. */
  private void writeNumber(int number) {
    int rest = number;
    while (rest > 0x7f) {
      openGroup.write(rest | 0x80);
      rest >>>= 7;
    }
    openGroup.write(rest);
  }

  /** Returns whether the content of an entry may be asked for, which is so only once. */
  boolean request(int id) {
    synchronized (lock) {
      boolean allowed = id >= 0 && requestable.get(id);
      if (allowed) {
        requestable.clear(id);
      }
      return allowed;
    }
  }

  /** Returns the path of an entry that was added. */
  FilePath path(int id) {
    int group = id / GROUP_SIZE;
    ByteBuffer in;
    synchronized (lock) {
      in = ByteBuffer.wrap(group < groups.size() ? groups.get(group) : openGroup.toByteArray());
    }
    byte[] path = {};
    for (int i = 0; i <= id % GROUP_SIZE; i++) {
      int shared = readNumber(in);
      int added = readNumber(in);
      path = Arrays.copyOf(path, shared + added);
      in.get(path, shared, added);
    }
    return FilePath.ofBytes(path);
  }

  private static int readNumber(ByteBuffer in) {
    int number = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      number |= (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }
}
