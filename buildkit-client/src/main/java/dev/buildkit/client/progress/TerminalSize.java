/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.util.function.Supplier;

/**
 * How much fits on a terminal.
 *
 * @param columns the number of characters in a line
 * @param rows the number of lines
 */
public record TerminalSize(int columns, int rows) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one of them is below 1
   */
  public TerminalSize {
    if (columns < 1 || rows < 1) {
      throw new IllegalArgumentException(
          "terminal size must be at least 1 by 1, but was: " + columns + " by " + rows);
    }
  }

  /**
   * Returns a source of the present size of the terminal that the process belongs to.
   *
   * <p>The JDK cannot tell it. It comes from the environment variables {@code COLUMNS} and {@code
   * LINES}; what they leave open, the command {@code stty} is asked for, at most once a second. A
   * size that nothing tells is 80 by 10. Thread-safe.
   */
  public static Supplier<TerminalSize> ofProcess() {
    return new ProcessTerminalSize(System.getenv());
  }
}
