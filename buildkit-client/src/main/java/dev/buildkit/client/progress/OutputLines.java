/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Joins pieces of output into lines of text without control characters.
 *
 * <p>A carriage return begins the line again, as progress bars use it; other moves are ignored.
 */
final class OutputLines implements ControlSequences.Receiver {
  private static final int MAX_LENGTH = 16_000;

  private final Consumer<String> lines;
  private final Utf8Pieces pieces = new Utf8Pieces();
  private final ControlSequences sequences = new ControlSequences(this);
  private final StringBuilder line = new StringBuilder();
  private boolean returned;

  OutputLines(Consumer<String> lines) {
    this.lines = lines;
  }

  void add(ByteBuffer output) {
    byte[] piece = new byte[output.remaining()];
    output.get(piece);
    sequences.read(pieces.decode(piece));
  }

  /** Takes what has no line end as a line. */
  void end() {
    if (!line.isEmpty()) {
      endLine();
    }
  }

  @Override
  public void text(int character) {
    if (returned) {
      line.setLength(0);
      returned = false;
    } else if (line.length() >= MAX_LENGTH) {
      endLine();
    }
    line.appendCodePoint(character);
  }

  @Override
  public void control(char character) {
    switch (character) {
      case '\n' -> endLine();
      case '\r' -> returned = true;
      case '\t' -> text('\t');
      default -> {}
    }
  }

  @Override
  public void command(char name, String arguments) {}

  private void endLine() {
    lines.accept(line.toString());
    line.setLength(0);
    returned = false;
  }
}
