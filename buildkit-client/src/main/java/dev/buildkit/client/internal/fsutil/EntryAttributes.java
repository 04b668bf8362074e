/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What is written to a file or directory beside its content. Owners are not: whoever runs the client
 * owns what it receives.
 *
 * @param permissions octal within 07777
 */
record EntryAttributes(int permissions, long modTimeNanos, Map<String, byte[]> xattrs) {
  private static final String UNIX_MODE = "unix:mode";
  private static final String XATTR_PREFIX = "user.";
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  static EntryAttributes of(Stat stat) {
    return new EntryAttributes(
        FileMode.permissions(stat.mode()), stat.modTimeNanos(), stat.xattrs());
  }

  /** Returns the attributes of a directory. */
  static EntryAttributes read(Path directory) throws IOException {
    int permissions =
        isUnix(directory) ? (int) Files.getAttribute(directory, UNIX_MODE) & 07777 : 0755;
    long modTime = Files.getLastModifiedTime(directory).to(TimeUnit.NANOSECONDS);
    return new EntryAttributes(permissions, modTime, readXattrs(directory));
  }

  EntryAttributes permissions(int newPermissions) {
    return new EntryAttributes(newPermissions, modTimeNanos, xattrs);
  }

  /** Permissions come last: they may forbid the others. */
  void applyTo(Path file) throws IOException {
    applyXattrs(file);
    Files.setLastModifiedTime(file, modTime());
    applyPermissions(file);
  }

  void applyPermissions(Path file) throws IOException {
    if (isUnix(file)) {
      Files.setAttribute(file, UNIX_MODE, permissions);
    }
  }

  /** A link has no permissions of its own. */
  void applyToLink(Path link) throws IOException {
    Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(modTime(), null, null);
  }

  /** Before 1970 the JDK sets whole seconds right, and anything else to 1970. */
  private FileTime modTime() {
    return modTimeNanos < 0
        ? FileTime.from(Math.floorDiv(modTimeNanos, NANOS_PER_SECOND), TimeUnit.SECONDS)
        : FileTime.from(modTimeNanos, TimeUnit.NANOSECONDS);
  }

  private void applyXattrs(Path file) {
    for (Map.Entry<String, byte[]> xattr : xattrs.entrySet()) {
      if (xattr.getKey().startsWith(XATTR_PREFIX)) {
        applyXattr(file, xattr.getKey().substring(XATTR_PREFIX.length()), xattr.getValue());
      }
    }
  }

  private static void applyXattr(Path file, String name, byte[] value) {
    try {
      UserDefinedFileAttributeView view =
          Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
      if (view != null) {
        view.write(name, ByteBuffer.wrap(value));
      }
    } catch (IOException e) {
      // Many file systems have none, and a build that works elsewhere must not fail on them.
    }
  }

  private static Map<String, byte[]> readXattrs(Path directory) {
    Map<String, byte[]> xattrs = new TreeMap<>();
    try {
      UserDefinedFileAttributeView view =
          Files.getFileAttributeView(directory, UserDefinedFileAttributeView.class);
      if (view != null) {
        for (String name : view.list()) {
          ByteBuffer value = ByteBuffer.allocate(view.size(name));
          view.read(name, value);
          xattrs.put(XATTR_PREFIX + name, value.array());
        }
      }
    } catch (IOException e) {
      // As above.
    }
    return xattrs;
  }

  private static boolean isUnix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix");
  }
}
