/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Gives long options a second dash where there is one, as in {@code -addr}: Go takes both. */
final class SingleDashes {
  private final List<String> doubled = new ArrayList<>();
  private CommandLine command;

  private SingleDashes(CommandLine root) {
    this.command = root;
  }

  static String[] doubled(CommandLine root, String... args) {
    SingleDashes dashes = new SingleDashes(root);
    int i = 0;
    while (i < args.length && !args[i].equals("--")) {
      i += dashes.take(args[i], i + 1 < args.length ? args[i + 1] : "");
    }
    dashes.doubled.addAll(List.of(args).subList(Math.min(i, args.length), args.length));
    return dashes.doubled.subList(0, args.length).toArray(String[]::new);
  }

  /** Takes an argument, with the next one if that is its value, and returns how many it took. */
  private int take(String argument, String next) {
    if (!argument.startsWith("-")) {
      command = command.getSubcommands().getOrDefault(argument, command);
      doubled.add(argument);
      return 1;
    }
    String spelled =
        isSingle(argument) && option("-" + argument).isPresent() ? "-" + argument : argument;
    doubled.add(spelled);
    if (spelled.contains("=")
        || option(spelled).filter(SingleDashes::takesValue).isEmpty()) {
      return 1;
    }
    doubled.add(next);
    return 2;
  }

  private static boolean isSingle(String argument) {
    return !argument.startsWith("--") && argument.split("=", 2)[0].length() > 2;
  }

  private Optional<OptionSpec> option(String argument) {
    return Optional.ofNullable(command.getCommandSpec().findOption(argument.split("=", 2)[0]));
  }

  private static boolean takesValue(OptionSpec option) {
    return option.arity().max() > 0;
  }
}
