/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A tree of files in memory.
 *
 * <p>Each addition returns a new tree, replaces what was at its path, and makes the directories above it. The default
 * modification time is one second after the epoch plus a fraction that depends on the content, so that a daemon
 * takes equal content as unchanged and edited content as changed, whatever its size. Immutable.
 *
 * <pre>{@code
 * MemoryFileTree.empty().addFile("Dockerfile", "FROM scratch\nCOPY app /\n").addFile("app", bytes, 0755)
 * }</pre>
 */
public final class MemoryFileTree implements FileTree {
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final byte[] NO_CONTENT = {};
  private static final MemoryFileTree EMPTY = new MemoryFileTree(MemoryNode.root());

  private final MemoryNode root;

  private MemoryFileTree(MemoryNode root) {
    this.root = root;
  }

  /** Returns the tree without files. */
  public static MemoryFileTree empty() {
    return EMPTY;
  }

  /**
   * Adds a regular file with permissions 0644 and text in UTF-8.
   *
   * @throws IllegalArgumentException if the path is not relative and clean, or lies below a file
   */
  public MemoryFileTree addFile(String path, String content) {
    return addFile(path, requireNonNull(content, "content").getBytes(UTF_8));
  }

  /**
   * Adds a regular file with permissions 0644.
   *
   * @param content the bytes, which are copied
   * @throws IllegalArgumentException if the path is not relative and clean, or lies below a file
   */
  public MemoryFileTree addFile(String path, byte[] content) {
    return addFile(path, content, 0644);
  }

  /**
   * Adds a regular file.
   *
   * @param content the bytes, which are copied
   * @param permissions octal, within 07777
   * @throws IllegalArgumentException if the path is not relative and clean, or lies below a file
   */
  public MemoryFileTree addFile(String path, byte[] content, int permissions) {
    return addFile(FileEntry.file(FilePath.of(path), 0).permissions(permissions), content);
  }

  /**
   * Adds a regular file with an entry of one's own, whose size becomes that of the content; its modification time is
   * kept unless it is the epoch.
   *
   * @param content the bytes, which are copied
   * @throws IllegalArgumentException if the entry is no regular file, or lies below a file
   */
  public MemoryFileTree addFile(FileEntry entry, byte[] content) {
    if (requireNonNull(entry, "entry").type() != FileType.REGULAR) {
      throw new IllegalArgumentException("only a regular file has content, but this is: " + entry);
    }
    byte[] copy = requireNonNull(content, "content").clone();
    return put(MemoryNode.file(dated(entry, copy).sizeBytes(copy.length), ByteBuffer.wrap(copy)));
  }

  /**
   * Adds a directory with permissions 0755; one that is there keeps its children.
   *
   * @throws IllegalArgumentException if the path is not relative and clean, or lies below a file
   */
  public MemoryFileTree addDirectory(String path) {
    return add(FileEntry.directory(FilePath.of(path)));
  }

  /**
   * Adds a symbolic link to a target in UTF-8, which need not exist.
   *
   * @throws IllegalArgumentException if the path is not relative and clean, or lies below a file
   */
  public MemoryFileTree addSymlink(String path, String target) {
    return add(FileEntry.symlink(FilePath.of(path), target));
  }

  /**
   * Adds another name of a regular file.
   *
   * @param existing the path of a file of this tree
   * @throws IllegalArgumentException if there is no such file, or the new path is not relative and clean, or lies
   *     below a file
   */
  public MemoryFileTree addHardLink(String path, String existing) {
    MemoryNode file = find(FilePath.of(existing));
    if (file == null || file.entry().type() != FileType.REGULAR) {
      throw new IllegalArgumentException("cannot link " + path + " to " + existing
          + ": the tree has no regular file of this name");
    }
    FileEntry entry = file.entry().hardLinkKey(file.entry().hardLinkKey().orElseGet(Object::new));
    return put(file.entry(entry)).put(file.entry(entry.path(FilePath.of(path))));
  }

  /**
   * Adds an entry that has no content: a directory, a symbolic link or a special file; its modification time is kept
   * unless it is the epoch. A directory that is there keeps its children.
   *
   * @throws IllegalArgumentException if the entry is a regular file, or lies below a file
   */
  public MemoryFileTree add(FileEntry entry) {
    if (requireNonNull(entry, "entry").type() == FileType.REGULAR) {
      throw new IllegalArgumentException(
          "a regular file needs content, add it by addFile: " + entry);
    }
    FileEntry dated = dated(entry, entry.linkTarget());
    MemoryNode old = find(entry.path());
    if (old != null && old.isDirectory() && entry.type() == FileType.DIRECTORY) {
      return put(old.entry(dated));
    }
    return put(MemoryNode.of(dated));
  }

  /** The daemon compares times to the nanosecond but images keep seconds, so the fraction is free to carry a sum. */
  private static FileEntry dated(FileEntry entry, byte[] content) {
    if (entry.modTimeNanos() != 0) {
      return entry;
    }
    CRC32 sum = new CRC32();
    sum.update(content);
    return entry.modTime(Instant.ofEpochSecond(1, sum.getValue() % SECOND_NANOS));
  }

  private MemoryFileTree put(MemoryNode node) {
    MemoryNode changed = node;
    for (FilePath path = node.entry().path(); !path.isRoot(); path = path.parent()) {
      changed = directory(path.parent(), node).addChild(changed);
    }
    return new MemoryFileTree(changed);
  }

  private MemoryNode directory(FilePath path, MemoryNode added) {
    MemoryNode directory = find(path);
    if (directory == null) {
      return MemoryNode.of(dated(FileEntry.directory(path), NO_CONTENT));
    }
    if (!directory.isDirectory()) {
      throw new IllegalArgumentException(
          "cannot add " + added.entry().path() + ": " + path + " is not a directory");
    }
    return directory;
  }

  private @Nullable MemoryNode find(FilePath path) {
    if (path.isRoot()) {
      return root;
    }
    MemoryNode parent = find(path.parent());
    return parent == null ? null : parent.child(path.name());
  }

  @Override
  public List<FileEntry> list(FilePath directory) throws IOException {
    MemoryNode node = existing(directory);
    if (!node.isDirectory()) {
      throw new NotDirectoryException(directory.toString());
    }
    return node.list();
  }

  @Override
  public ReadableByteChannel open(FilePath file) throws IOException {
    MemoryNode node = existing(file);
    if (node.entry().type() != FileType.REGULAR) {
      throw new FileSystemException(file.toString(), null, "not a regular file");
    }
    return new BufferChannel(node.content());
  }

  private MemoryNode existing(FilePath path) throws NoSuchFileException {
    MemoryNode node = find(requireNonNull(path, "path"));
    if (node == null) {
      throw new NoSuchFileException(path.toString());
    }
    return node;
  }
}
