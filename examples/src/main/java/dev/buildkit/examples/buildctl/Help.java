/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows what a command takes. */
@Command(name = "help", aliases = "h", description = "show the commands, or the help of one")
final class Help implements Callable<Integer> {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "<command>", arity = "0..*", description = "the command")
  private List<String> names = new ArrayList<>();

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine().getParent();
    for (String name : names) {
      CommandLine next = command.getSubcommands().get(name);
      if (next == null) {
        throw new UnmatchedArgumentException(command, List.of(name));
      }
      command = next;
    }
    command.usage(spec.commandLine().getOut());
    return 0;
  }
}
