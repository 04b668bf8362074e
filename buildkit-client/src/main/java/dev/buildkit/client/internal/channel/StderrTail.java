/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** The last 4 KiB of what a process said. */
final class StderrTail {
  private static final int MAX_BYTES = 4 << 10;

  private byte[] tail = {};

  void add(byte[] bytes) {
    byte[] all = Arrays.copyOf(tail, tail.length + bytes.length);
    System.arraycopy(bytes, 0, all, tail.length, bytes.length);
    tail = Arrays.copyOfRange(all, Math.max(0, all.length - MAX_BYTES), all.length);
  }

  boolean isEmpty() {
    return toString().isEmpty();
  }

  @Override
  public String toString() {
    return new String(tail, UTF_8).strip();
  }
}
