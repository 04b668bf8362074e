/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What this process prints while it is open. */
final class Output implements AutoCloseable {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private Output() {
    PrintStream both = new PrintStream(printed, true, UTF_8);
    System.setOut(both);
    System.setErr(both);
  }

  static Output captured() {
    return new Output();
  }

  /** Returns what was printed so far, to standard output and standard error. */
  String text() {
    return printed.toString(UTF_8);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
  }
}
