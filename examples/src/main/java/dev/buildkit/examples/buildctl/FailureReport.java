/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.error.SourceLocation;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells why a command failed: the lines of the Dockerfile, reasons of policies, and the error at last. */
final class FailureReport implements IExecutionExceptionHandler {
  private static final int FAILED = 1;

  private final PrintStream err;
  private final GlobalOptions options;

  FailureReport(PrintStream err, GlobalOptions options) {
    this.err = err;
    this.options = options;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    return report(failure);
  }

  /** Returns the exit code of a failure after telling it. */
  int report(Exception failure) {
    StringBuilder text = new StringBuilder();
    if (failure instanceof SolveException solve) {
      solve.sources().stream()
          .map(SourceLocation::excerpt)
          .filter(excerpt -> !excerpt.isEmpty())
          .forEach(excerpt -> text.append(excerpt).append('\n'));
      solve.notes().forEach(note -> text.append(note).append('\n'));
    }
    text.append("error: ").append(message(failure)).append('\n');
    if (options.debug) {
      text.append(stack(failure));
    }
    err.print(text);
    return FAILED;
  }

  private static String message(Exception failure) {
    if (failure instanceof SolveException solve) {
      return solve.summary();
    }
    if (failure instanceof InterruptedException && failure.getMessage() == null) {
      return "context canceled";
    }
    if (failure instanceof NoSuchFileException missing) {
      return "open " + missing.getFile() + ": no such file or directory";
    }
    if (failure instanceof AccessDeniedException denied) {
      return "open " + denied.getFile() + ": permission denied";
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static String stack(Exception failure) {
    StringWriter stack = new StringWriter();
    failure.printStackTrace(new PrintWriter(stack));
    return stack.toString();
  }
}
