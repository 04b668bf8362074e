/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The output of a step that waits to be printed, and the last of what was printed.
 *
 * <p>Lines are kept as bytes: a command writes in whatever encoding it likes, and a piece of output
 * may end within a character.
 */
final class StepLog {
  private static final int RECENT_LINES = 10;

  /** Lines that nobody prints before the end, which is what a terminal does, are kept up to here. */
  private static final int MAX_WAITING_LINES = 10_000;

  private final List<Line> waiting = new ArrayList<>();
  private final byte[][] recent = new byte[RECENT_LINES][];
  private int recentIndex;

  /** Whether the last line has no end yet. */
  private boolean partial;

  /** How much of the first waiting line is on the screen already. */
  private int printed;

  boolean partial() {
    return partial;
  }

  /** Adds output; each line that begins in it gets the prefix. */
  void add(ByteBuffer data, String prefix) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    for (int start = 0; start < bytes.length; ) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      openLine(prefix).write(bytes, start, end - start);
      partial = end == bytes.length;
      start = end + 1;
    }
    if (waiting.size() > 2 * MAX_WAITING_LINES) {
      waiting.subList(0, waiting.size() - MAX_WAITING_LINES).clear();
    }
  }

  /** Forgets everything. */
  void clear() {
    waiting.clear();
    Arrays.fill(recent, null);
    partial = false;
    printed = 0;
  }

  /** Forgets how much of the open line was printed, since it must be printed from its start. */
  void interrupt() {
    printed = 0;
  }

  /** Prints the waiting lines, the first one from where the last print left off. */
  void print(Page page, String prefix) {
    for (int i = 0; i < waiting.size(); i++) {
      boolean resumed = i == 0 && printed > 0;
      byte[] text = waiting.get(i).from(resumed ? printed : 0);
      page.print(resumed ? "" : prefix).print(text);
      if (i < waiting.size() - 1 || !partial) {
        page.newLine();
      }
      remember(text);
    }
    keepOpenLine();
  }

  /** Prints what an error quotes: the line that has no end, and the last lines that were printed. */
  void printRecent(Page page) {
    waiting.forEach(line -> page.print(line.from(0)).newLine());
    for (int i = 0; i < RECENT_LINES; i++) {
      byte[] text = recent[(recentIndex + i) % RECENT_LINES];
      if (text != null) {
        page.print(text).newLine();
      }
    }
  }

  private Line openLine(String prefix) {
    if (!partial) {
      waiting.add(new Line(prefix));
    }
    return waiting.get(waiting.size() - 1);
  }

  private void remember(byte[] text) {
    recent[recentIndex] = text;
    if (!partial) {
      recentIndex = (recentIndex + 1) % RECENT_LINES;
    }
  }

  private void keepOpenLine() {
    if (waiting.isEmpty()) {
      return;
    }
    Line last = waiting.get(waiting.size() - 1);
    waiting.clear();
    printed = 0;
    if (partial) {
      waiting.add(last);
      printed = last.size();
    }
  }

  /** A line that can be read from any of its bytes on. */
  private static final class Line extends ByteArrayOutputStream {
    Line(String prefix) {
      writeBytes(prefix.getBytes(UTF_8));
    }

    byte[] from(int start) {
      return Arrays.copyOfRange(buf, start, count);
    }
  }
}
