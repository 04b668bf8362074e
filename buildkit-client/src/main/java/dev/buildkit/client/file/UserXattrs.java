/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the extended attributes that the JDK can: those of the {@code user} namespace. Thread-safe.
 *
 * <p>The JDK opens the file for it, which must not be done to pipes and devices. That costs about as much as the file's
 * {@code lstat}, so it is done wherever the file system can have such attributes, which is found out once for each.
 */
final class UserXattrs {
  private static final String PREFIX =
      System.getProperty("os.name", "").startsWith("Linux") ? "user." : "";

  /** What macOS notes about files for itself; BuildKit leaves it out as well. */
  private static final String APPLE_PREFIX = "com.apple.";

  private final Map<Long, Boolean> supportedByDevice = new ConcurrentHashMap<>();

  /** Adds the attributes of a regular file or directory; one that may not be opened has none. */
  Details addTo(Details details, Path file, long device) {
    if (!supportedByDevice.computeIfAbsent(device, key -> isSupported(file))) {
      return details;
    }
    Details result = details;
    try {
      UserDefinedFileAttributeView view = Files.getFileAttributeView(
          file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      for (String name : view.list()) {
        if (!name.startsWith(APPLE_PREFIX)) {
          result = result.addXattr(PREFIX + name, read(view, name));
        }
      }
    } catch (IOException e) {
      return details; // It is a pity, but no reason to fail: the content may not even be asked for.
    }
    return result;
  }

  private static boolean isSupported(Path file) {
    try {
      return Files.getFileStore(file).supportsFileAttributeView(UserDefinedFileAttributeView.class);
    } catch (IOException e) {
      return false; // Some containers do not know their mounts.
    }
  }

  private static byte[] read(UserDefinedFileAttributeView view, String name) throws IOException {
    ByteBuffer value = ByteBuffer.allocate(view.size(name));
    view.read(name, value);
    return value.array();
  }
}
