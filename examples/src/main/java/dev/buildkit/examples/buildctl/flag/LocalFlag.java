/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of {@code --local}. */
public final class LocalFlag {
  private LocalFlag() {}

  /**
   * Returns the directories that the build may read, by name.
   *
   * @throws FlagException if a value has no equals sign, or names no directory
   */
  public static Map<String, Path> parse(List<String> values, Surroundings surroundings) {
    Map<String, Path> directories = new LinkedHashMap<>();
    KeyValue.mapOf(values)
        .forEach((name, text) -> directories.put(name, directory(text, surroundings)));
    return directories;
  }

  private static Path directory(String text, Surroundings surroundings) {
    Path path = surroundings.path(text);
    if (!Files.exists(path)) {
      throw new FlagException("resolve : lstat " + text + ": no such file or directory");
    }
    if (!Files.isDirectory(path)) {
      throw new FlagException("stat " + text + ": not a directory");
    }
    return path;
  }
}
