/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Moves a received tree into a directory that has files already: directories are joined, anything else
 * takes the place of what is there. No link is followed on either side.
 */
final class TreeMerge {
  private final Path received;
  private final boolean mirror;

  /** With {@code mirror}, what was not received is deleted. */
  TreeMerge(Path received, boolean mirror) {
    this.received = received;
    this.mirror = mirror;
  }

  void into(Path destination) throws IOException {
    merge(received, destination);
  }

  private void merge(Path from, Path into) throws IOException {
    if (mirror) {
      deleteOthers(from, into);
    }
    for (Path child : TreeDeletion.children(from)) {
      Path target = into.resolve(child.getFileName());
      boolean directory = TreeDeletion.isDirectory(child);
      boolean present = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
      boolean overDirectory = present && TreeDeletion.isDirectory(target);
      if (directory && overDirectory) {
        join(child, target);
      } else {
        if (present && (directory || overDirectory)) {
          TreeDeletion.delete(target);
        }
        move(child, target);
      }
    }
  }

  private void deleteOthers(Path from, Path into) throws IOException {
    for (Path present : TreeDeletion.children(into)) {
      if (!present.equals(received)
          && !Files.exists(from.resolve(present.getFileName()), LinkOption.NOFOLLOW_LINKS)) {
        TreeDeletion.delete(present);
      }
    }
  }

  private void join(Path from, Path into) throws IOException {
    EntryAttributes attributes = EntryAttributes.read(from);
    TreeDeletion.makeWritable(into);
    merge(from, into);
    attributes.applyTo(into);
    Files.delete(from);
  }

  private void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      moveToOtherFileSystem(from, to);
    }
  }

  /** Something is mounted below the destination. */
  private void moveToOtherFileSystem(Path from, Path to) throws IOException {
    if (TreeDeletion.isDirectory(from)) {
      Files.createDirectory(to);
      join(from, to);
      return;
    }
    Path hidden = HiddenNames.beside(to);
    try {
      Files.copy(from, hidden, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
      Files.move(hidden, to, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(from);
    } finally {
      Files.deleteIfExists(hidden);
    }
  }
}
