/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What {@code lstat(2)} says about a file. */
final class UnixStat {
  // Not "unix:*", which looks the names of owner and group up for every file.
  private static final String ATTRIBUTES =
      "unix:mode,nlink,dev,ino,rdev,uid,gid,size,lastModifiedTime";

  private static final int TYPE_MASK = 0170000;
  private static final int PERMISSIONS_MASK = 07777;

  private final Map<String, Object> stat;
  private final FileType type;

  private UnixStat(Path file, Map<String, Object> stat) throws IOException {
    this.stat = stat;
    type = type(file, integer("mode"));
  }

  static UnixStat read(Path file) throws IOException {
    return new UnixStat(file, Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
  }

  private static FileType type(Path file, int mode) throws IOException {
    return switch (mode & TYPE_MASK) {
      case 0140000 -> FileType.SOCKET;
      case 0120000 -> FileType.SYMLINK;
      case 0100000 -> FileType.REGULAR;
      case 0060000 -> FileType.BLOCK_DEVICE;
      case 0040000 -> FileType.DIRECTORY;
      case 0020000 -> FileType.CHAR_DEVICE;
      case 0010000 -> FileType.FIFO;
      default ->
        throw new FileSystemException(
            file.toString(), null, "unknown file mode 0" + Integer.toOctalString(mode));
    };
  }

  FileType type() {
    return type;
  }

  Attributes attributes() {
    return new Attributes(
        integer("mode") & PERMISSIONS_MASK,
        integer("uid"),
        integer("gid"),
        type == FileType.DIRECTORY ? 0 : number("size"),
        ((FileTime) value("lastModifiedTime")).to(TimeUnit.NANOSECONDS));
  }

  /** Returns the file system that holds the file. */
  long device() {
    return number("dev");
  }

  /** Returns what two names of one regular file have in common, and null for a file with one name. */
  @Nullable
  Object hardLinkKey() {
    return integer("nlink") > 1 ? new Inode(device(), number("ino")) : null;
  }

  private record Inode(long device, long number) {}

  /** Returns the numbers of a device, split as Linux packs them and the protocol of BuildKit wants them. */
  Details deviceNumbers() {
    long packed = number("rdev");
    return Details.device((packed >> 8) & 0xfff, (packed & 0xff) | ((packed >> 12) & 0xfff00));
  }

  private int integer(String name) {
    return (int) value(name);
  }

  private long number(String name) {
    return (long) value(name);
  }

  private Object value(String name) {
    return requireNonNull(stat.get(name), name);
  }
}
