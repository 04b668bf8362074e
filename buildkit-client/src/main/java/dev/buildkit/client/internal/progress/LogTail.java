/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** The last lines of a stream of bytes; holds no more than it returns. */
final class LogTail {
  private static final int MAX_LINE_BYTES = 4096;

  private final int maxLines;
  private final Deque<String> lines = new ArrayDeque<>();

  /** The line that has no end yet; of a longer one its last bytes. */
  private byte[] open = new byte[128];

  private int openLength;

  LogTail(int maxLines) {
    this.maxLines = maxLines;
  }

  void add(ByteBuffer data) {
    while (data.hasRemaining()) {
      byte next = data.get();
      if (next == '\n') {
        endLine();
      } else {
        append(next);
      }
    }
  }

  /** Returns the lines, oldest first, the open one included. */
  List<String> lines() {
    List<String> result = new ArrayList<>(lines);
    if (openLength > 0) {
      result.add(openText());
    }
    return result.size() > maxLines
        ? List.copyOf(result.subList(result.size() - maxLines, result.size()))
        : List.copyOf(result);
  }

  private void endLine() {
    lines.add(openText());
    openLength = 0;
    if (lines.size() > maxLines) {
      lines.remove();
    }
  }

  private void append(byte next) {
    if (openLength == MAX_LINE_BYTES) {
      openLength = MAX_LINE_BYTES / 2;
      System.arraycopy(open, MAX_LINE_BYTES - openLength, open, 0, openLength);
    } else if (openLength == open.length) {
      open = Arrays.copyOf(open, Math.min(2 * openLength, MAX_LINE_BYTES));
    }
    open[openLength++] = next;
  }

  private String openText() {
    int length = openLength > 0 && open[openLength - 1] == '\r' ? openLength - 1 : openLength;
    return new String(open, 0, length, UTF_8);
  }
}
