/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import dev.buildkit.client.file.FilePath;
import dev.buildkit.client.file.FileType;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Makes the entries of one transfer in a {@link StagedTree}, in the order in which they are sent. */
final class TreeWriter {
  private static final int OWNER_ALL = 0700;

  private final StagedTree tree;

  /** The directories that may still get children, innermost first. */
  private final Deque<OpenDirectory> open = new ArrayDeque<>();

  TreeWriter(StagedTree tree) {
    this.tree = tree;
  }

  /** Another transfer into the same tree may have made the directory already. */
  void directory(FilePath path, EntryAttributes attributes) throws IOException {
    Path directory = child(path);
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      if (!TreeDeletion.isDirectory(directory)) {
        throw e;
      }
    }
    open.push(new OpenDirectory(directory, attributes));
  }

  /** Ends the innermost directories: they get no more children, which would change their times. */
  void leave(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      leave(open.remove());
    }
  }

  void leaveAll() throws IOException {
    leave(open.size());
  }

  private void leave(OpenDirectory directory) throws IOException {
    EntryAttributes attributes = directory.attributes;
    int usable = attributes.permissions() | OWNER_ALL;
    attributes.permissions(usable).applyTo(directory.path);
    if (usable != attributes.permissions()) {
      tree.closeLater(directory.path, attributes);
    }
  }

  ReceivedFile file(FilePath path, EntryAttributes attributes) throws IOException {
    return ReceivedFile.create(path, current(), attributes);
  }

  void symlink(FilePath path, byte[] target, EntryAttributes attributes) throws IOException {
    Path link = child(path);
    Files.createSymbolicLink(link, WirePaths.linkTarget(link.getFileSystem(), target));
    attributes.applyToLink(link);
  }

  /** Refuses links to what was not sent, and to links, so that nothing outside gets a second name. */
  void hardLink(FilePath path, FilePath target) throws IOException {
    Path existing = locate(target);
    if (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it is a hard link to " + target + ", which was not sent before");
    }
    if (Files.isSymbolicLink(existing) || TreeDeletion.isDirectory(existing)) {
      throw new IOException("it is a hard link to " + target + ", which is not a file");
    }
    Files.createLink(child(path), existing);
  }

  /** The JDK would block when it opens a pipe to set its time, so that stays as it is. */
  void special(FilePath path, FileType type, Stat stat) throws IOException {
    Path file = child(path);
    switch (type) {
      case FIFO -> SpecialFiles.createFifo(file);
      case CHAR_DEVICE -> SpecialFiles.createDevice(file, 'c', stat.devMajor(), stat.devMinor());
      case BLOCK_DEVICE -> SpecialFiles.createDevice(file, 'b', stat.devMajor(), stat.devMinor());
      default -> throw new IOException("it is a " + type.name().toLowerCase(Locale.ROOT));
    }
    EntryAttributes.of(stat).applyPermissions(file);
  }

  private Path current() {
    return open.isEmpty() ? tree.root() : open.element().path;
  }

  private Path child(FilePath path) throws IOException {
    return WirePaths.child(current(), path.name().toBytes());
  }

  /** Finds an entry through directories alone. */
  private Path locate(FilePath path) throws IOException {
    if (path.isRoot()) {
      return tree.root();
    }
    Path parent = locate(path.parent());
    if (!TreeDeletion.isDirectory(parent)) {
      throw new IOException(
          "it is a hard link through " + path.parent() + ", which is not a directory");
    }
    return WirePaths.child(parent, path.name().toBytes());
  }

  private record OpenDirectory(Path path, EntryAttributes attributes) {}
}
