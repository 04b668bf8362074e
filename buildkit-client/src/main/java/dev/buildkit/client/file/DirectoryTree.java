/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A directory on disk. */
final class DirectoryTree implements FileTree {
  private final Path root;
  private final PathBytes pathBytes;
  private final DiskEntries diskEntries;

  private DirectoryTree(Path root) {
    this.root = root;
    pathBytes = PathBytes.of(root);
    diskEntries = DiskEntries.of(root, pathBytes);
  }

  static DirectoryTree of(Path directory) {
    Path root = requireNonNull(directory, "directory").toAbsolutePath();
    if (!Files.isDirectory(root)) {
      String problem = Files.exists(root) ? "it is not a directory" : "it does not exist";
      throw new IllegalArgumentException("cannot send directory " + root + ": " + problem);
    }
    return new DirectoryTree(root);
  }

  @Override
  public List<FileEntry> list(FilePath directory) throws IOException {
    List<FileEntry> entries = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(pathBytes.resolve(directory))) {
      for (Path child : children) {
        addTo(entries, directory.child(pathBytes.name(child)), child);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return entries;
  }

  private void addTo(List<FileEntry> entries, FilePath path, Path file) throws IOException {
    try {
      entries.add(diskEntries.read(path, file));
    } catch (NoSuchFileException e) {
      // It vanished after it was listed, so it is not there.
    }
  }

  @Override
  public ReadableByteChannel open(FilePath file) throws IOException {
    return FileChannel.open(pathBytes.resolve(file), StandardOpenOption.READ);
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
