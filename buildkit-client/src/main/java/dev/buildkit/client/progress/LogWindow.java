/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The last lines of the output of a running step, as a small terminal of its own would show them.
 *
 * <p>It obeys what commands do to draw over what they wrote, such as carriage returns and moves of
 * the cursor. Colours are dropped. Not thread-safe.
 */
final class LogWindow implements ControlSequences.Receiver {
  private static final int MIN_COLUMNS = 6;
  private static final int TAB = 8;

  /** How long a character with its accents may get. */
  private static final int MAX_CELL = 8;

  private static final String BLANK = " ";

  /** In the place of the second half of a wide character. */
  private static final String COVERED = "";

  private final Utf8Pieces pieces = new Utf8Pieces();
  private final ControlSequences sequences = new ControlSequences(this);
  private final List<String[]> cells = new ArrayList<>();
  private int columns = MIN_COLUMNS;
  private int row;
  private int column;
  private int savedRow;
  private int savedColumn;
  private long bytes;

  LogWindow(int rows, int columns) {
    resize(rows, columns);
  }

  void resize(int newRows, int newColumns) {
    columns = Math.max(MIN_COLUMNS, newColumns);
    for (int i = 0; i < cells.size(); i++) {
      cells.set(i, resized(cells.get(i)));
    }
    while (cells.size() < newRows) {
      cells.add(blankRow());
    }
    while (cells.size() > newRows) {
      // What was written last stays, so an empty end goes first.
      boolean belowCursor = row < cells.size() - 1;
      cells.remove(belowCursor ? cells.size() - 1 : 0);
      row -= belowCursor ? 0 : 1;
    }
    column = Math.min(column, columns);
  }

  void write(ByteBuffer output) {
    bytes += output.remaining();
    byte[] piece = new byte[output.remaining()];
    output.get(piece);
    sequences.read(pieces.decode(piece));
  }

  /** Returns how much was written in all. */
  long bytes() {
    return bytes;
  }

  /** Returns the lines in which there is anything, without the space at their ends. */
  List<String> lines() {
    return cells.stream()
        .map(line -> String.join("", line).stripTrailing())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  @Override
  public void text(int character) {
    int width = Columns.of(character);
    if (width == 0) {
      addToPrevious(character);
      return;
    }
    if (column + width > columns) {
      column = 0;
      row++;
    }
    scroll();
    put(column++, Character.toString(character));
    if (width == 2) {
      put(column++, COVERED);
    }
  }

  @Override
  public void control(char character) {
    switch (character) {
      case '\n' -> {
        row++;
        column = 0;
      }
      case '\r' -> column = 0;
      case '\b' -> column = Math.max(0, Math.min(column, columns) - 1);
      case '\t' -> column = Math.min(columns - 1, (column / TAB + 1) * TAB);
      default -> {}
    }
  }

  @Override
  public void command(char name, String arguments) {
    if (arguments.startsWith("?")) {
      return; // a mode of the terminal, such as whether it shows the cursor
    }
    int count = Math.max(1, number(arguments, 0, 1));
    switch (name) {
      case 'A' -> move(row - count, column);
      case 'B' -> move(row + count, column);
      case 'C' -> move(row, column + count);
      case 'D' -> move(row, column - count);
      case 'E' -> move(row + count, 0);
      case 'F' -> move(row - count, 0);
      case 'G' -> move(row, count - 1);
      case 'H', 'f' -> move(count - 1, number(arguments, 1, 1) - 1);
      case 'J' -> eraseRows(number(arguments, 0, 0));
      case 'K' -> eraseColumns(number(arguments, 0, 0));
      case 's', '7' -> {
        savedRow = row;
        savedColumn = column;
      }
      case 'u', '8' -> move(savedRow, savedColumn);
      default -> {}
    }
  }

  private void move(int newRow, int newColumn) {
    row = Math.max(0, Math.min(newRow, cells.size() - 1));
    column = Math.max(0, Math.min(newColumn, columns - 1));
  }

  private void eraseRows(int kind) {
    if (kind == 0) {
      eraseColumns(0);
      eraseRows(row + 1, cells.size());
    } else if (kind == 1) {
      eraseRows(0, row);
      eraseColumns(1);
    } else if (kind == 2) {
      eraseRows(0, cells.size());
    }
  }

  private void eraseRows(int from, int to) {
    for (int i = from; i < Math.min(to, cells.size()); i++) {
      Arrays.fill(cells.get(i), BLANK);
    }
  }

  private void eraseColumns(int kind) {
    if (row < cells.size()) {
      int from = kind == 0 ? Math.min(column, columns) : 0;
      int to = kind == 1 ? Math.min(column + 1, columns) : columns;
      Arrays.fill(cells.get(row), from, to, BLANK);
    }
  }

  /** Makes room in front of the first character of a line, not when the line before it ends. */
  private void scroll() {
    if (row >= cells.size()) {
      cells.remove(0);
      cells.add(blankRow());
      row = cells.size() - 1;
    }
  }

  private void put(int at, String cell) {
    String[] line = cells.get(row);
    if (line[at].equals(COVERED) && at > 0 && !cell.equals(COVERED)) {
      line[at - 1] = BLANK;
    }
    if (at + 1 < columns && line[at + 1].equals(COVERED)) {
      line[at + 1] = BLANK;
    }
    line[at] = cell;
  }

  private void addToPrevious(int character) {
    if (row < cells.size() && column > 0) {
      String[] line = cells.get(row);
      int at = line[column - 1].equals(COVERED) && column > 1 ? column - 2 : column - 1;
      if (line[at].length() < MAX_CELL) {
        line[at] = line[at].concat(Character.toString(character));
      }
    }
  }

  private String[] blankRow() {
    String[] line = new String[columns];
    Arrays.fill(line, BLANK);
    return line;
  }

  private String[] resized(String[] line) {
    String[] resized = Arrays.copyOf(line, columns);
    if (line.length < columns) {
      Arrays.fill(resized, line.length, columns, BLANK);
    }
    return resized;
  }

  /** Returns an argument, or the default if it is left out or not a number. */
  private static int number(String arguments, int index, int otherwise) {
    String[] parts = arguments.split(";", -1);
    String text = index < parts.length ? parts[index] : "";
    return text.matches("\\d{1,4}") ? Integer.parseInt(text) : otherwise;
  }
}
