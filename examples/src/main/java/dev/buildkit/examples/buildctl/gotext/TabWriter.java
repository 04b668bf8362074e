/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.gotext;

import java.util.ArrayList;
import java.util.List;

/**
 * Aligns text in columns. Cells end with a tab; a column is a run of lines that all have a cell there, and is as wide as its widest
 * cell. What follows the last tab of a line belongs to no column.
 */
public final class TabWriter {
  private static final int TAB_WIDTH = 8;

  private final boolean tabs;
  private final List<String[]> lines = new ArrayList<>();

  private TabWriter(boolean tabs) {
    this.tabs = tabs;
  }

  /** Returns a writer that fills columns up with tabs of eight places. */
  public static TabWriter tabs() {
    return new TabWriter(true);
  }

  /** Returns a writer that fills columns up with spaces. */
  public static TabWriter spaces() {
    return new TabWriter(false);
  }

  /** Adds a line without its end. */
  public void line(String line) {
    lines.add(line.split("\t", -1));
  }

  /** Adds a line of a name and a value. */
  public void pair(String name, Object value) {
    line(name + ":\t" + value);
  }

  /** Returns the lines added since the last flush, aligned. */
  public String flush() {
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < lines.size(); line++) {
      appendLine(text, line);
    }
    lines.clear();
    return text.toString();
  }

  private void appendLine(StringBuilder text, int line) {
    String[] cells = lines.get(line);
    for (int column = 0; column < cells.length - 1; column++) {
      text.append(cells[column]);
      pad(text, length(cells[column]), width(line, column));
    }
    text.append(cells[cells.length - 1]).append('\n');
  }

  private int width(int line, int column) {
    int first = line;
    while (first > 0 && has(first - 1, column)) {
      first--;
    }
    int widest = 0;
    for (int i = first; i < lines.size() && has(i, column); i++) {
      widest = Math.max(widest, length(lines.get(i)[column]));
    }
    return widest + 1;
  }

  private boolean has(int line, int column) {
    return column < lines.get(line).length - 1;
  }

  private void pad(StringBuilder text, int used, int width) {
    if (tabs) {
      int stops = (width + TAB_WIDTH - 1) / TAB_WIDTH - used / TAB_WIDTH;
      text.append("\t".repeat(stops));
    } else {
      text.append(" ".repeat(width - used));
    }
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
