/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** Reads entries of files on disk, without following links. */
final class DiskEntries {
  private final PathBytes pathBytes;
  private final boolean unix;
  private final UserXattrs xattrs = new UserXattrs();

  private DiskEntries(PathBytes pathBytes, boolean unix) {
    this.pathBytes = pathBytes;
    this.unix = unix;
  }

  static DiskEntries of(Path root, PathBytes pathBytes) {
    boolean unix = root.getFileSystem().supportedFileAttributeViews().contains("unix");
    return new DiskEntries(pathBytes, unix);
  }

  /**
   * Reads the entry of a file.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  FileEntry read(FilePath path, Path file) throws IOException {
    return unix ? readUnix(path, file) : readBasic(path, file);
  }

  private FileEntry readUnix(FilePath path, Path file) throws IOException {
    UnixStat stat = UnixStat.read(file);
    Details details = switch (stat.type()) {
      case SYMLINK -> readLink(file);
      case CHAR_DEVICE, BLOCK_DEVICE -> stat.deviceNumbers();
      case REGULAR -> xattrs.addTo(Details.hardLink(stat.hardLinkKey()), file, stat.device());
      case DIRECTORY -> xattrs.addTo(Details.NONE, file, stat.device());
      case FIFO, SOCKET -> Details.NONE;
    };
    return new FileEntry(path, stat.type(), stat.attributes(), details);
  }

  /** Reads what every file system has; permissions are those that Go sends from Windows. */
  private FileEntry readBasic(FilePath path, Path file) throws IOException {
    BasicFileAttributes stat =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    FileType type = stat.isDirectory() ? FileType.DIRECTORY : FileType.REGULAR;
    Details details = Details.NONE;
    if (stat.isSymbolicLink()) {
      type = FileType.SYMLINK;
      details = readLink(file);
    }
    long size = type == FileType.DIRECTORY ? 0 : stat.size();
    long modTime = stat.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    return new FileEntry(path, type, new Attributes(0755, 0, 0, size, modTime), details);
  }

  private Details readLink(Path file) throws IOException {
    return Details.link(pathBytes.target(Files.readSymbolicLink(file)));
  }
}
