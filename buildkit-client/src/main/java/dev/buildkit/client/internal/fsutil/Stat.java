/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import dev.buildkit.client.file.FileEntry;
import dev.buildkit.client.file.FilePath;
import dev.buildkit.client.file.FileType;
import java.util.Map;

/**
 * An entry as it is on the wire, unchecked: paths are raw bytes and may be anything.
 *
 * @param mode as in {@link FileMode}
 * @param modTimeNanos nanoseconds since the epoch
 * @param linkName the target of a symbolic link, or the path of the first name of a hard link
 * @param xattrs extended attributes by name
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; arrays save copies of every name.
public record Stat(
    byte[] path,
    int mode,
    int uid,
    int gid,
    long sizeBytes,
    long modTimeNanos,
    byte[] linkName,
    long devMajor,
    long devMinor,
    Map<String, byte[]> xattrs) {
  private static final byte[] NO_LINK = {};

  /** Returns the form of an entry on the wire: owned by 0, and a socket as an empty regular file. */
  public static Stat of(FileEntry entry) {
    byte[] linkName = entry.type() == FileType.SYMLINK ? entry.linkTarget() : NO_LINK;
    return of(entry, linkName);
  }

  /** Returns the form of an entry that is another name of a file sent before. */
  public static Stat hardLink(FileEntry entry, FilePath first) {
    return of(entry, first.toBytes());
  }

  private static Stat of(FileEntry entry, byte[] linkName) {
    FileType type = entry.type() == FileType.SOCKET ? FileType.REGULAR : entry.type();
    return new Stat(
        entry.path().toBytes(),
        FileMode.of(type, entry.permissions()),
        0,
        0,
        entry.type() == FileType.DIRECTORY ? 0 : entry.sizeBytes(),
        entry.modTimeNanos(),
        linkName,
        entry.devMajor(),
        entry.devMinor(),
        entry.xattrs());
  }
}
