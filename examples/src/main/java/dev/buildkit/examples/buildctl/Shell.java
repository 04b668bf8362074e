/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the program has from whoever started it.
 *
 * @param stdinIsDevice whether standard input is a terminal or another device, such as /dev/null
 * @param stdoutIsTerminal whether a person sees what goes to standard output
 * @param stderrIsTerminal whether a person sees what goes to standard error
 */
record Shell(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Path directory,
    Map<String, String> variables,
    boolean stdinIsDevice,
    boolean stdoutIsTerminal,
    boolean stderrIsTerminal) {
  /**
   * Returns the shell of this process. The JDK cannot tell which of its streams are terminals, so the script does. What is written is
   * UTF-8 whatever the locale, as it is with Go.
   */
  static Shell ofProcess() {
    String terminals = System.getProperty("buildctl.terminals", "");
    return new Shell(
        System.in,
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8),
        Path.of(""),
        System.getenv(),
        terminals.contains("0"),
        terminals.contains("1"),
        terminals.contains("2"));
  }
}
