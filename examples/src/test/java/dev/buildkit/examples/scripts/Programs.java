/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.scripts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The table {@code .ci/commands} of programs that scripts and tests may call.
 *
 * @param rows the rows by the name of the program
 */
record Programs(Map<String, Row> rows) {
  /**
   * A program and its origin.
   *
   * @param name the program's name on the path
   * @param packageName the Debian package that has it
   * @param source {@code base}, {@code user}, {@code install} or {@code unpack}
   */
  record Row(String name, String packageName, String source) {}

  static Programs read(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return new Programs(lines
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> line.split(" +", -1))
          .map(cells -> new Row(cells[0], cells[1], cells[2]))
          .collect(Collectors.toMap(Row::name, row -> row)));
    }
  }
}
