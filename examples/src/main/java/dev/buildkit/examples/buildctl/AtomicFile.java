/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that are there completely or not at all. */
final class AtomicFile {
  private AtomicFile() {}

  static void write(Path file, byte[] content) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path parent = absolute.getParent() == null ? absolute : absolute.getParent();
    // Not createTempFile, whose files nobody else may read.
    Path draft = parent.resolve(
        "." + absolute.getFileName() + "-" + ProcessHandle.current().pid());
    try {
      Files.write(draft, content);
      Files.move(draft, absolute, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
