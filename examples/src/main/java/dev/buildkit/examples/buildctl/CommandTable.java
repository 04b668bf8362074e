/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Commands by their names, made only where a command line may need them: making all takes longer than running one. */
final class CommandTable {
  private static final Set<String> TELL_ALL = Set.of("help", "h", "completion");

  private final List<Entry> entries = new ArrayList<>();

  /** Adds a command with its names and returns this table. */
  CommandTable add(Supplier<Object> command, String... names) {
    entries.add(new Entry(List.of(names), command));
    return this;
  }

  /** Gives a command the subcommands that may be among the arguments, or all if none is named: then there may be help. */
  void addTo(CommandLine parent, List<String> arguments) {
    boolean all = entries.stream().noneMatch(entry -> entry.isIn(arguments))
        || TELL_ALL.stream().anyMatch(arguments::contains);
    for (Entry entry : entries) {
      if (all || entry.isIn(arguments)) {
        parent.addSubcommand(entry.command.get());
      }
    }
  }

  private record Entry(List<String> names, Supplier<Object> command) {
    boolean isIn(List<String> arguments) {
      return names.stream().anyMatch(arguments::contains);
    }
  }
}
