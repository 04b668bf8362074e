/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** What stands in a {@code BytesMessage} before its bytes: the tag of field 1 and the length as a varint. */
final class BytesMessageHead {

  /** Field 1, length-delimited. */
  private static final int TAG = (1 << 3) | 2;

  private static final int MAX_BYTES = 6;

  private final byte[] bytes = new byte[MAX_BYTES];
  private int size;

  static int sizeOf(int length) {
    int size = 2;
    for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
      size++;
    }
    return size;
  }

  static void write(int length, OutputStream out) throws IOException {
    BytesMessageHead head = new BytesMessageHead();
    head.append(TAG);
    int rest = length;
    while (rest > 0x7f) {
      head.append((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    head.append(rest);
    out.write(head.bytes, 0, head.size);
  }

  /** Returns the length that the head of a message gives, 0 for an empty message, or -1 if it has another head. */
  int read(InputStream message) throws IOException {
    int tag = next(message);
    if (tag != TAG) {
      return tag < 0 ? 0 : -1;
    }
    int length = 0;
    for (int shift = 0; size < MAX_BYTES; shift += 7) {
      int next = next(message);
      if (next < 0) {
        return -1;
      }
      length |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return length;
      }
    }
    return -1;
  }

  /** Returns what has been read. */
  byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  private int next(InputStream message) throws IOException {
    int next = message.read();
    if (next >= 0) {
      append(next);
    }
    return next;
  }

  private void append(int value) {
    bytes[size++] = (byte) value;
  }
}
