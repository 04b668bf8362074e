/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A file, directory, link or special file of a {@link FileTree}, without its content.
 *
 * <p>Owners default to 0, the modification time to 1970-01-01T00:00:00Z. A daemon takes a file as unchanged when
 * its entry is, so an edit must change the size or the modification time. Immutable.
 *
 * <pre>{@code
 * FileEntry.file(FilePath.of("bin/run.sh"), 312).permissions(0755).modTime(Instant.now())
 * }</pre>
 */
public final class FileEntry {
  private static final int MAX_PERMISSIONS = 07777;

  private final FilePath path;
  private final FileType type;
  private final Attributes attributes;
  private final Details details;

  FileEntry(FilePath path, FileType type, Attributes attributes, Details details) {
    this.path = path;
    this.type = type;
    this.attributes = attributes;
    this.details = details;
  }

  /**
   * Returns a regular file with permissions 0644.
   *
   * @throws IllegalArgumentException if the size is negative, or the path is the root
   */
  public static FileEntry file(FilePath path, long sizeBytes) {
    return of(path, FileType.REGULAR, 0644, Details.NONE).sizeBytes(sizeBytes);
  }

  /**
   * Returns a directory with permissions 0755.
   *
   * @throws IllegalArgumentException if the path is the root
   */
  public static FileEntry directory(FilePath path) {
    return of(path, FileType.DIRECTORY, 0755, Details.NONE);
  }

  /**
   * Returns a symbolic link to a target in UTF-8.
   *
   * @throws IllegalArgumentException if the target is empty, or the path is the root
   */
  public static FileEntry symlink(FilePath path, String target) {
    return symlink(path, requireNonNull(target, "target").getBytes(UTF_8));
  }

  /**
   * Returns a symbolic link.
   *
   * @param target what the link says, absolute or relative to the directory of the link; copied
   * @throws IllegalArgumentException if the target is empty, or the path is the root
   */
  public static FileEntry symlink(FilePath path, byte[] target) {
    if (requireNonNull(target, "target").length == 0) {
      throw new IllegalArgumentException("symbolic link " + path + " has no target");
    }
    return of(path, FileType.SYMLINK, 0777, Details.link(target)).sizeBytes(target.length);
  }

  /**
   * Returns a named pipe with permissions 0644.
   *
   * @throws IllegalArgumentException if the path is the root
   */
  public static FileEntry fifo(FilePath path) {
    return of(path, FileType.FIFO, 0644, Details.NONE);
  }

  /**
   * Returns a Unix domain socket with permissions 0755.
   *
   * @throws IllegalArgumentException if the path is the root
   */
  public static FileEntry socket(FilePath path) {
    return of(path, FileType.SOCKET, 0755, Details.NONE);
  }

  /**
   * Returns a character device with permissions 0644.
   *
   * @throws IllegalArgumentException if the path is the root
   */
  public static FileEntry charDevice(FilePath path, long major, long minor) {
    return of(path, FileType.CHAR_DEVICE, 0644, Details.device(major, minor));
  }

  /**
   * Returns a block device with permissions 0644.
   *
   * @throws IllegalArgumentException if the path is the root
   */
  public static FileEntry blockDevice(FilePath path, long major, long minor) {
    return of(path, FileType.BLOCK_DEVICE, 0644, Details.device(major, minor));
  }

  private static FileEntry of(FilePath path, FileType type, int permissions, Details details) {
    return new FileEntry(checked(path), type, new Attributes(permissions, 0, 0, 0, 0), details);
  }

  private static FilePath checked(FilePath path) {
    if (requireNonNull(path, "path").isRoot()) {
      throw new IllegalArgumentException("the root of a tree has no entry");
    }
    return path;
  }

  /**
   * Sets the permissions.
   *
   * @param permissions octal, with the set-user-id (04000), set-group-id (02000) and sticky (01000) bits
   * @throws IllegalArgumentException if a bit outside 07777 is set
   */
  public FileEntry permissions(int permissions) {
    if ((permissions & ~MAX_PERMISSIONS) != 0) {
      throw new IllegalArgumentException(
          "permissions must be within 07777, but were: 0" + Integer.toOctalString(permissions));
    }
    return with(attributes.permissions(permissions));
  }

  /** Sets the numeric owner; a solve sends all files as owned by 0. */
  public FileEntry owner(int uid, int gid) {
    return with(attributes.owner(uid, gid));
  }

  /**
   * Sets the size in bytes.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public FileEntry sizeBytes(long sizeBytes) {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("sizeBytes must not be negative, but was: " + sizeBytes);
    }
    return with(attributes.sizeBytes(sizeBytes));
  }

  /**
   * Sets the time of the last modification, which counts to the nanosecond.
   *
   * @throws IllegalArgumentException if it is not between the years 1678 and 2262, the range of the protocol
   */
  public FileEntry modTime(Instant modTime) {
    requireNonNull(modTime, "modTime");
    try {
      return with(attributes.modTimeNanos(ChronoUnit.NANOS.between(Instant.EPOCH, modTime)));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "modTime must be between the years 1678 and 2262, but was: " + modTime, e);
    }
  }

  /** Adds an extended attribute, or replaces the one of this name, such as {@code user.origin}; copies the value. */
  public FileEntry addXattr(String name, byte[] value) {
    return with(details.addXattr(requireNonNull(name, "name"), requireNonNull(value, "value")));
  }

  /**
   * Sets what tells hard links: regular files of one tree with equal keys are one file with several names.
   *
   * @param key any value with {@code equals} and {@code hashCode}, such as device and inode numbers
   */
  public FileEntry hardLinkKey(Object key) {
    return with(details.hardLinkKey(requireNonNull(key, "key")));
  }

  /**
   * Moves the entry to another path.
   *
   * @throws IllegalArgumentException if the path is the root
   */
  public FileEntry path(FilePath path) {
    return new FileEntry(checked(path), type, attributes, details);
  }

  private FileEntry with(Attributes newAttributes) {
    return new FileEntry(path, type, newAttributes, details);
  }

  private FileEntry with(Details newDetails) {
    return new FileEntry(path, type, attributes, newDetails);
  }

  /** Returns the place of the entry in its tree. */
  public FilePath path() {
    return path;
  }

  /** Returns what the entry is. */
  public FileType type() {
    return type;
  }

  /** Returns the permissions, octal, with the bits 04000, 02000 and 01000. */
  public int permissions() {
    return attributes.permissions();
  }

  /** Returns the number of the user who owns the file. */
  public int uid() {
    return attributes.uid();
  }

  /** Returns the number of the group that owns the file. */
  public int gid() {
    return attributes.gid();
  }

  /** Returns the size in bytes: of the content, or of the target of a symbolic link. */
  public long sizeBytes() {
    return attributes.sizeBytes();
  }

  /** Returns the time of the last modification. */
  public Instant modTime() {
    return Instant.ofEpochSecond(0, attributes.modTimeNanos());
  }

  /** Returns the time of the last modification in nanoseconds since 1970-01-01T00:00:00Z. */
  public long modTimeNanos() {
    return attributes.modTimeNanos();
  }

  /** Returns a copy of what a symbolic link says, and no bytes for other types. */
  public byte[] linkTarget() {
    return details.linkTargetBytes();
  }

  /** Returns the major number of a device, and 0 for other types. */
  public long devMajor() {
    return details.devMajor();
  }

  /** Returns the minor number of a device, and 0 for other types. */
  public long devMinor() {
    return details.devMinor();
  }

  /** Returns a copy of the extended attributes, by name. */
  public Map<String, byte[]> xattrs() {
    return details.xattrBytes();
  }

  /** Returns what tells hard links, if the file may have several names. */
  public Optional<Object> hardLinkKey() {
    return Optional.ofNullable(details.hardLinkKey());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileEntry entry
        && path.equals(entry.path)
        && type == entry.type
        && attributes.equals(entry.attributes)
        && details.equals(entry.details);
  }

  @Override
  public int hashCode() {
    return Objects.hash(path, type, attributes, details);
  }

  @Override
  public String toString() {
    String mode = " 0" + Integer.toOctalString(permissions());
    String target = type == FileType.SYMLINK ? " -> " + new String(linkTarget(), UTF_8) : "";
    return type.name().toLowerCase(Locale.ROOT) + " " + path + mode + " " + sizeBytes() + target;
  }
}
