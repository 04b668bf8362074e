/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.examples.buildctl.gotext.GoQuote;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells of a command line that cannot be understood, in the words of Go's. */
final class WrongUsage implements IParameterExceptionHandler {
  private static final int FAILED = 1;
  private static final int NO_SUCH_COMMAND = 3;

  private final Shell shell;

  WrongUsage(Shell shell) {
    this.shell = shell;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      if (!first.startsWith("-")) {
        shell.err().print("No help topic for '" + first + "'\n");
        return NO_SUCH_COMMAND;
      }
      return report(failure.getCommandLine(), "flag provided but not defined: -" + name(first));
    }
    if (failure instanceof MissingParameterException) {
      // It can only be the last one.
      return report(failure.getCommandLine(), "flag needs an argument: " + args[args.length - 1]);
    }
    return report(failure.getCommandLine(), describe(failure));
  }

  private int report(CommandLine command, String why) {
    shell.err().print("Incorrect Usage: " + why + "\n\nerror: " + why + "\n");
    command.usage(shell.out());
    return FAILED;
  }

  private static String describe(ParameterException failure) {
    ArgSpec argument = failure.getArgSpec();
    Throwable cause = failure.getCause();
    if (argument instanceof OptionSpec option && failure.getValue() != null && cause != null) {
      return "invalid value " + GoQuote.quote(failure.getValue()) + " for flag -"
          + name(option.longestName()) + ": " + cause.getMessage();
    }
    return String.valueOf(failure.getMessage());
  }

  private static String name(String option) {
    return option.replaceFirst("^--?", "").split("=", 2)[0];
  }
}
