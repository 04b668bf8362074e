/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Talks to a BuildKit daemon from the command line. */
@Command(
    name = "buildctl",
    description = "Talks to a BuildKit daemon.",
    versionProvider = Version.class)
final class Buildctl implements Callable<Integer> {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  final GlobalOptions options;

  @Option(
      names = {"--help", "-h"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "show this help")
  boolean help;

  @Option(
      names = {"--version", "-v"},
      versionHelp = true,
      description = "print the version")
  boolean version;

  Buildctl(GlobalOptions options) {
    this.options = options;
  }

  public static void main(String[] args) {
    Cancellation cancellation = Cancellation.ofThisThread();
    int code = run(Shell.ofProcess(), args);
    cancellation.finished(code);
    System.exit(code);
  }

  /** Runs a command line and returns its exit code. */
  static int run(Shell shell, String... args) {
    CommandLine commands = Commands.of(shell, args);
    int code = commands.execute(SingleDashes.doubled(commands, args));
    shell.out().flush();
    return code;
  }

  /** Without a command there is help. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return 0;
  }
}
