/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/**
 * What a terminal shows of the text that was written to it, with all that has scrolled away.
 *
 * <p>It knows only what the display uses, and refuses everything else.
 */
final class Screen implements ControlSequences.Receiver {
  private final ControlSequences sequences = new ControlSequences(this);
  private final Utf8Pieces pieces = new Utf8Pieces();
  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
  private int columns;
  private int rows;
  private int row;
  private int column;
  private boolean cursorHidden;
  private boolean colored;
  private boolean wrapping = true;

  Screen(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  void write(byte[] text) {
    sequences.read(pieces.decode(text));
  }

  /** Makes the terminal narrower or shorter; what is written on it already stays as it is. */
  void shrink(int newColumns, int newRows) {
    columns = newColumns;
    rows = newRows;
  }

  /** Returns whether the terminal is as it was found: with a cursor, broken lines and no colour. */
  boolean tidy() {
    return !cursorHidden && wrapping && !colored;
  }

  /** Returns the lines without the space at their ends. */
  String text() {
    return lines.stream()
        .map(line -> line.toString().stripTrailing())
        .collect(joining("\n"))
        .strip();
  }

  @Override
  public void text(int character) {
    if (column >= columns && wrapping) {
      column = 0;
      down();
    }
    column = Math.min(column, columns - 1);
    StringBuilder line = lines.get(row);
    while (line.length() <= column) {
      line.append(' ');
    }
    line.setCharAt(column++, (char) character);
  }

  @Override
  public void control(char character) {
    if (character == '\n') {
      column = 0;
      down();
    } else if (character == '\r') {
      column = 0;
    } else {
      throw new AssertionError("unexpected character: " + (int) character);
    }
  }

  @Override
  public void command(char name, String arguments) {
    switch (name + arguments) {
      case "K" -> lines.get(row).setLength(Math.min(lines.get(row).length(), column));
      case "J" -> {
        lines.get(row).setLength(Math.min(lines.get(row).length(), column));
        lines.subList(row + 1, lines.size()).clear();
      }
      case "l?7" -> wrapping = false;
      case "h?7" -> wrapping = true;
      case "l?25" -> cursorHidden = true;
      case "h?25" -> cursorHidden = false;
      case "m0" -> colored = false;
      default -> moreCommands(name, arguments);
    }
  }

  private void moreCommands(char name, String arguments) {
    switch (name) {
      case 'A' ->
        row = Math.max(Math.max(0, lines.size() - rows), row - Integer.parseInt(arguments));
      case 'B' -> {
        int bottom = Math.max(lines.size(), rows) - 1;
        row = Math.min(bottom, row + (arguments.isEmpty() ? 1 : Integer.parseInt(arguments)));
        while (lines.size() <= row) {
          lines.add(new StringBuilder());
        }
      }
      case 'm' -> colored = true;
      default -> throw new AssertionError("unexpected command: " + arguments + name);
    }
  }

  private void down() {
    row++;
    if (row == lines.size()) {
      lines.add(new StringBuilder());
    }
  }
}
