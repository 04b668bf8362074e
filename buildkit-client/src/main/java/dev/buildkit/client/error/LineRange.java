/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.error;

/**
 * Some consecutive lines of a file.
 *
 * @param first the number of the first line, counted from 1
 * @param last the number of the last line, at least {@code first}
 */
public record LineRange(int first, int last) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if {@code first} is below 1 or {@code last} below {@code first}
   */
  public LineRange {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException("line range " + first + " to " + last
          + " must start at 1 or later and not end before it starts");
    }
  }

  /** Returns whether a line is one of these. */
  public boolean contains(int line) {
    return first <= line && line <= last;
  }
}
