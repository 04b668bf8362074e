/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** A command line that was run in this process. */
record Run(int code, String out, String err) {
  static Run of(Path directory, String... args) {
    return of(directory, new byte[0], args);
  }

  static Run of(Path directory, byte[] in, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell = new Shell(
        new ByteArrayInputStream(in),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        directory,
        Map.of("BUILDKIT_HOST", "unix:///nope/buildkitd.sock"),
        false,
        false,
        false);
    int code = Buildctl.run(shell, args);
    return new Run(code, out.toString(UTF_8), err.toString(UTF_8));
  }
}
