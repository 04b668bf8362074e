/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Tells at once whether an export can be written where the caller wants it. */
final class Destinations {
  /** Returns the absolute path of a file that may be made or replaced. */
  static Path file(Path file) {
    Path absolute = requireNonNull(file, "file").toAbsolutePath();
    if (Files.exists(absolute) && !Files.isRegularFile(absolute)) {
      throw refusal(
          absolute,
          Files.isDirectory(absolute)
              ? "it is a directory; name a file in it"
              : "it is not a regular file; open it and give the stream");
    }
    checkWritable(absolute, absolute.getParent());
    return absolute;
  }

  /** Returns the absolute path of a directory that exists or may be made. */
  static Path directory(Path directory) {
    Path absolute = requireNonNull(directory, "directory").toAbsolutePath();
    Path existing = absolute;
    while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = existing.getParent();
    }
    checkWritable(absolute, existing);
    return absolute;
  }

  private static void checkWritable(Path destination, @Nullable Path directory) {
    if (directory == null || !Files.exists(directory)) {
      throw refusal(destination, "the directory " + directory + " does not exist; make it first");
    }
    if (!Files.isDirectory(directory)) {
      throw refusal(destination, directory + " is not a directory; name another place");
    }
    if (!Files.isWritable(directory)) {
      throw refusal(
          destination,
          "the directory " + directory + " cannot be written to; allow it or name another place");
    }
  }

  private static IllegalArgumentException refusal(Path destination, String why) {
    return new IllegalArgumentException("export to " + destination + ": " + why);
  }

  private Destinations() {}
}
