/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The temporary files of the SDK. It makes them beside what they become, so they may lie in any
 * directory that a test has from JUnit.
 */
final class TemporaryFiles extends SimpleFileVisitor<Path> {
  private static final String PREFIX = ".buildkit-";
  private static final String JUNIT_PREFIX = "junit-";

  private final Path root;
  private final Map<Object, String> found = new LinkedHashMap<>();

  private TemporaryFiles(Path root) {
    this.root = root;
  }

  /** Returns a description of each temporary file or directory of the SDK. */
  static Map<Object, String> now() {
    TemporaryFiles files = new TemporaryFiles(Path.of(System.getProperty("java.io.tmpdir")));
    try {
      Files.walkFileTree(files.root, files);
    } catch (IOException e) {
      throw new UncheckedIOException("look for temporary files in " + files.root, e);
    }
    return files.found;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    if (directory.equals(root)) {
      return FileVisitResult.CONTINUE;
    }
    note(directory);
    boolean foreign =
        root.equals(directory.getParent()) && !name(directory).startsWith(JUNIT_PREFIX);
    return foreign ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    note(file);
    return FileVisitResult.CONTINUE;
  }

  /** Goes on: the file is gone by now, or it is one that nobody may read. */
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    return FileVisitResult.CONTINUE;
  }

  /** Goes on, even where the directory could not be read to its end. */
  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
    return FileVisitResult.CONTINUE;
  }

  private void note(Path file) {
    if (name(file).startsWith(PREFIX)) {
      found.put(file, "temporary file " + file);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
