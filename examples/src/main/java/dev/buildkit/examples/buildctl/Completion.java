/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.examples.buildctl.flag.FlagException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script by which a shell completes commands and options without starting this program. */
@Command(name = "completion", hidden = true, description = "print a script for a shell")
final class Completion implements Callable<Integer> {
  /** One script serves both. */
  private static final List<String> SHELLS = List.of("bash", "zsh");

  private final PrintStream out;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "<shell>", arity = "0..1", description = "bash or zsh")
  private String shell = "";

  Completion(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    String available = "available shells are [" + String.join(" ", SHELLS) + "]";
    if (shell.isEmpty()) {
      throw new FlagException("no shell provided for completion command. " + available);
    }
    if (!SHELLS.contains(shell)) {
      throw new FlagException("unknown shell " + shell + ", " + available);
    }
    out.print(AutoComplete.bash("buildctl", spec.root().commandLine()));
    return 0;
  }
}
