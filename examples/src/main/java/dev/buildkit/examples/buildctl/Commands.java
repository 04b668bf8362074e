/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.examples.buildctl.flag.FlagException;
import dev.buildkit.examples.buildctl.gotext.GoBool;
import dev.buildkit.examples.buildctl.gotext.GoDuration;
import dev.buildkit.examples.buildctl.gotext.GoQuote;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** All commands, with the habits of Go's command lines. */
final class Commands {
  private final Invocation invocation;
  private final FailureReport failures;
  private final CommandLine root;

  private Commands(Shell shell) {
    GlobalOptions options = new GlobalOptions();
    this.invocation = new Invocation(shell, options);
    this.failures = new FailureReport(shell.err(), options);
    this.root = new CommandLine(new Buildctl(options));
  }

  /** Returns the commands that the arguments may mean; {@code execute} runs one, once. */
  static CommandLine of(Shell shell, String... arguments) {
    Commands commands = new Commands(shell);
    commands.add(List.of(arguments));
    commands.configure(shell);
    return commands.root;
  }

  private void add(List<String> arguments) {
    if (arguments.equals(List.of("--version")) || arguments.equals(List.of("-v"))) {
      return;
    }
    new CommandTable()
        .add(() -> new DiskUsage(invocation), "du")
        .add(() -> new Prune(invocation), "prune")
        .add(NotYet.PruneHistories::new, "prune-histories")
        .add(() -> new Build(invocation), "build", "b")
        .add(() -> debug(arguments), "debug")
        .add(() -> new DialStdio(invocation), "dial-stdio")
        .add(() -> new Completion(invocation.out()), "completion")
        .add(Help::new, "help", "h")
        .addTo(root, arguments);
  }

  private CommandLine debug(List<String> arguments) {
    CommandLine debug = new CommandLine(new Debug());
    new CommandTable()
        .add(() -> new DumpLlb(invocation), "dump-llb")
        .add(NotYet.DumpMetadata::new, "dump-metadata")
        .add(() -> new Workers(invocation), "workers")
        .add(() -> new Info(invocation), "info")
        .add(NotYet.Monitor::new, "monitor")
        .add(NotYet.Logs::new, "logs")
        .add(NotYet.Ctl::new, "ctl")
        .add(NotYet.Get::new, "get")
        .add(NotYet.Histories::new, "histories")
        .add(Help::new, "help", "h")
        .addTo(debug, arguments);
    return debug;
  }

  private void configure(Shell shell) {
    leaves(root);
    root.setExpandAtFiles(false)
        .setPosixClusteredShortOptionsAllowed(false)
        .setOverwrittenOptionsAllowed(true)
        .setAllowOptionsAsOptionParameters(true)
        .setUnmatchedOptionsArePositionalParams(false)
        .setOut(new PrintWriter(shell.out(), true, UTF_8))
        .setErr(new PrintWriter(shell.err(), true, UTF_8))
        .setParameterExceptionHandler(new WrongUsage(shell))
        .setExecutionExceptionHandler(failures)
        .setExecutionStrategy(this::run);
    register(Duration.class, GoDuration::parse);
    register(int.class, number("ParseInt", Integer::valueOf));
    register(double.class, number("ParseFloat", Double::valueOf));
    register(boolean.class, Commands::flag);
  }

  private <T> void register(Class<T> type, Function<String, T> conversion) {
    root.registerConverter(type, conversion::apply);
  }

  /** Commands take arguments that they have no use for. */
  private static void leaves(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    if (spec.subcommands().isEmpty() && spec.positionalParameters().isEmpty()) {
      spec.addPositional(PositionalParamSpec.builder()
          .arity("0..*")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .hidden(true)
          .build());
    }
    spec.subcommands().values().forEach(Commands::leaves);
  }

  private int run(ParseResult result) {
    try {
      var unused = invocation.log();
    } catch (FlagException e) {
      return failures.report(e);
    }
    return new RunLast().execute(result);
  }

  private static <T> Function<String, T> number(String function, Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "strconv." + function + ": parsing " + GoQuote.quote(text) + ": invalid syntax", e);
      }
    };
  }

  private static Boolean flag(String text) {
    return GoBool.parse(text).orElseThrow(() -> new IllegalArgumentException("parse error"));
  }
}
