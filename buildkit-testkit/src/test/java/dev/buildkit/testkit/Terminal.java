/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A terminal in which programs run, and what they wrote on it. */
record Terminal(int columns, int rows) {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern COMMAND = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";

  /** Runs this program of the tests in the terminal, and returns all that was written. */
  String run(Class<?> program, List<String> arguments) {
    return runQuoted(quoted(java(program, arguments)));
  }

  /** Runs it with the standard error in a file, and returns what was written on the terminal. */
  String run(Class<?> program, List<String> arguments, Path err) {
    return runQuoted(quoted(java(program, arguments)) + " 2>" + quote(err.toString()));
  }

  /** Runs a program in the terminal, and returns all that was written. */
  String run(List<String> words) {
    return runQuoted(quoted(words));
  }

  private String runQuoted(String program) {
    assumeTrue(hasScript(), "there is no script of util-linux, which makes terminals");
    String command = "stty rows " + rows + " cols " + columns + "; TERM=xterm " + program;
    return Command.run(LIMIT, new byte[0], List.of("script", "-qec", command, "/dev/null"))
        .out()
        .replace("\r\n", "\n");
  }

  private static List<String> java(Class<?> program, List<String> arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    return Stream.concat(
            Stream.of(java, "-XX:TieredStopAtLevel=1", "-cp", classPath, program.getName()),
            arguments.stream())
        .toList();
  }

  /** Returns the lines of the last drawing, and what follows it, without space at their ends. */
  static List<String> lastDrawing(String written) {
    String last = written.substring(written.lastIndexOf(HIDE_CURSOR));
    return text(last)
        .lines()
        .map(String::stripTrailing)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /** Returns whether the cursor was shown after it was last hidden. */
  static boolean showsCursor(String written) {
    return written.lastIndexOf(SHOW_CURSOR) > written.lastIndexOf(HIDE_CURSOR);
  }

  static boolean hasCommands(String written) {
    return COMMAND.matcher(written).find();
  }

  private static String text(String written) {
    Matcher commands = COMMAND.matcher(written);
    return commands.replaceAll("").replace("\r", "");
  }

  private static boolean hasScript() {
    return Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(directory -> Path.of(directory, "script").toFile().canExecute())
        && Command.run("script", "--version").out().contains("util-linux");
  }

  private static String quoted(List<String> words) {
    return String.join(" ", words.stream().map(Terminal::quote).toList());
  }

  private static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
