/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * A tree of files to send to a daemon: a directory on disk, files in memory, or what a user makes of it.
 *
 * <p>A solve reads a tree from several threads at once, one directory and one file at a time as it needs them, and may
 * read it more than once. It holds the listings of the directories from the root to where it is, so memory grows with the
 * largest directories and not with the tree.
 */
public interface FileTree {
  /**
   * Returns the tree of a directory on disk, with all that it holds: links are not followed, and files that
   * vanish between listing and reading are left out.
   *
   * <p>Extended attributes are read as far as the JDK can: those in the {@code user} namespace of regular files and
   * directories that may be opened. Owners are the ones on disk.
   *
   * @throws IllegalArgumentException if the path is no directory, or cannot be looked at
   */
  static FileTree of(Path directory) {
    return DirectoryTree.of(directory);
  }

  /**
   * Lists the children of a directory, in any order; their paths begin with that of the directory.
   *
   * @param directory the root, or the path of a directory that this tree has listed
   * @throws IOException if the directory cannot be read; the message should name it, as the solve fails with it
   */
  List<FileEntry> list(FilePath directory) throws IOException;

  /**
   * Opens a regular file for reading from its start; the caller closes the channel, whose reads may block.
   *
   * @param file the path of a regular file that this tree has listed
   * @throws IOException if the file cannot be read; the message should name it, as the solve fails with it
   */
  ReadableByteChannel open(FilePath file) throws IOException;
}
