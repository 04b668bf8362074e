/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.examples.buildctl.flag.Surroundings;
import java.io.PrintStream;

/** One start of the program: what it runs in, and the options that all commands share. */
record Invocation(Shell shell, GlobalOptions options) {
  BuildKitClient connect() throws InterruptedException {
    return options.connect(shell);
  }

  Log log() {
    return Log.of(shell.err(), options.logFormat);
  }

  PrintStream out() {
    return shell.out();
  }

  Surroundings surroundings() {
    return new Surroundings(
        shell.directory(), shell.variables(), shell.stdoutIsTerminal(), log()::warn);
  }
}
