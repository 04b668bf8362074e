/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Deletes trees without following links, also those whose directories are read-only. */
final class TreeDeletion {
  static void delete(Path path) throws IOException {
    if (isDirectory(path)) {
      makeWritable(path);
      for (Path child : children(path)) {
        delete(child);
      }
    }
    Files.delete(path);
  }

  /** Lists at once, so that a deep tree does not hold an open directory for each level. */
  static List<Path> children(Path directory) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(children::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return children;
  }

  static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  static void makeWritable(Path directory) throws IOException {
    if (!Files.isWritable(directory) || !Files.isExecutable(directory)) {
      EntryAttributes attributes = EntryAttributes.read(directory);
      attributes.permissions(attributes.permissions() | 0700).applyPermissions(directory);
    }
  }

  private TreeDeletion() {}
}
