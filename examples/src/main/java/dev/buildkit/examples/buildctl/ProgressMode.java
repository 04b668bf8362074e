/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.client.progress.ProgressListener;
import dev.buildkit.client.progress.ProgressPrinter;
import dev.buildkit.examples.buildctl.flag.FlagException;

/** How the progress of a build shows. */
final class ProgressMode {
  private ProgressMode() {}

  /**
   * Returns what shows the progress in a mode.
   *
   * @throws FlagException if there is no such mode, or it needs a terminal
   */
  static ProgressListener of(String option, Shell shell) {
    String fromEnvironment = shell.variables().getOrDefault("BUILDKIT_PROGRESS", "");
    String mode = option.equals("auto") && !fromEnvironment.isEmpty() ? fromEnvironment : option;
    return switch (mode) {
      case "quiet" -> ProgressPrinter.quiet();
      case "rawjson" -> ProgressPrinter.rawJson(shell.err());
      case "plain" -> ProgressPrinter.plain(shell.err());
      case "auto", "" ->
        shell.stderrIsTerminal() ? terminal(shell) : ProgressPrinter.plain(shell.err());
      case "tty" -> terminal(shell);
      default -> throw new FlagException("invalid progress mode " + mode);
    };
  }

  private static ProgressListener terminal(Shell shell) {
    if (!shell.stderrIsTerminal()) {
      throw new FlagException("failed to get console: provided file is not a console");
    }
    return ProgressPrinter.terminal(shell.err());
  }
}
