/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.util.List;

/**
 * Lines at the end of a terminal's screen that are drawn over and over again.
 *
 * <p>The terminal may have become smaller without notice. So the cursor does not jump about, no
 * line takes two rows, and where a line is drawn over another one nothing scrolls.
 */
final class LiveLines {
  private static final String HIDE_CURSOR_CUT_LINES = "\u001b[?25l\u001b[?7l";
  private static final String BREAK_LINES_SHOW_CURSOR = "\u001b[?7h\u001b[?25h";
  private static final String ERASE_LINE_REST = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";
  private static final String NEXT_ROW = "\r\u001b[B";
  private static final String NEW_ROW = "\n";

  private int drawn;

  /**
   * A line of text.
   *
   * @param style the command that switches to the look of it, or nothing
   */
  record Line(String text, String style) {}

  /** Puts these lines in the place of those before. */
  void draw(List<Line> lines, int columns, Page page) {
    draw(lines, columns, drawn, page);
  }

  /** Does the same for the last time: all lines stay, even if some have to scroll away for that. */
  void drawLast(List<Line> lines, int columns, Page page) {
    draw(lines, columns, 0, page);
  }

  private void draw(List<Line> lines, int columns, int rowsBelow, Page page) {
    page.print("\r" + (drawn == 0 ? "" : "\u001b[" + drawn + "A") + HIDE_CURSOR_CUT_LINES);
    int row = 0;
    for (Line line : lines) {
      page.print(line.style()).print(line.text()).print(line.style().isEmpty() ? "" : Colors.RESET);
      // Behind the last column, erasing would hit the last character.
      page.print(Columns.of(line.text()) < columns ? ERASE_LINE_REST : "");
      page.print(row++ < rowsBelow ? NEXT_ROW : NEW_ROW);
    }
    page.print(ERASE_BELOW + BREAK_LINES_SHOW_CURSOR);
    drawn = lines.size();
  }
}
