/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.docker;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs as a shell with the given environment would. */
final class Programs {
  private static final boolean WINDOWS = File.separatorChar == '\\';

  private final Map<String, String> environment;

  Programs(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Returns the program of a name; a path, which leads elsewhere, finds none. */
  Optional<Path> find(String name) {
    if (name.contains("/") || name.contains(File.separator)) {
      return Optional.empty();
    }
    return Stream.of(variable("PATH").split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .flatMap(directory -> suffixes().stream().map(suffix -> path(directory, name + suffix)))
        .flatMap(Optional::stream)
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private List<String> suffixes() {
    return WINDOWS ? List.of(".exe", ".cmd", ".bat") : List.of("");
  }

  /** Windows has it as {@code Path}. */
  private String variable(String name) {
    return environment.entrySet().stream()
        .filter(entry ->
            WINDOWS ? entry.getKey().equalsIgnoreCase(name) : entry.getKey().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  private static Optional<Path> path(String directory, String name) {
    try {
      return Optional.of(Path.of(directory, name));
    } catch (InvalidPathException e) {
      return Optional.empty(); // Nonsense in PATH is passed over, as shells do.
    }
  }
}
