/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.util.Map;

/**
 * What a user may change of the look of a terminal display.
 *
 * @param colors the colours of completed lines
 * @param logLines how many lines of output are shown of a running step
 */
record TerminalStyle(Colors colors, int logLines) {
  private static final int MIN_LOG_LINES = 6;

  static TerminalStyle of(Map<String, String> environment) {
    String lines = environment.getOrDefault("BUILDKIT_TTY_LOG_LINES", "");
    return new TerminalStyle(
        Colors.of(environment),
        lines.matches("[1-9]\\d{0,4}") ? Integer.parseInt(lines) : MIN_LOG_LINES);
  }

  /** Returns how many lines of output are shown on a terminal of this height, at most. */
  int windowRows(TerminalSize size) {
    return Math.max(MIN_LOG_LINES, Math.min(logLines, size.rows() - MIN_LOG_LINES - 1));
  }
}
