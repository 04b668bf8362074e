/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Work on whole folders. */
final class Folders {
  /** Removes what is in the folder; makes the folder if it is missing. */
  static void empty(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> content;
    try (Stream<Path> walk = Files.walk(folder)) {
      content = walk.skip(1).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : content) {
      Files.delete(path);
    }
  }

  private Folders() {}
}
