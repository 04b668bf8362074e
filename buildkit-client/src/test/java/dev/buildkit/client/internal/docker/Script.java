/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.docker;

import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Programs for tests: real ones, which a shell runs. */
final class Script {
  /** Writes an executable shell script. */
  static Path write(Path directory, String name, String lines) throws IOException {
    Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + lines + "\n");
    return Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
  }

  private Script() {}
}
