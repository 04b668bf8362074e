/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns names that came over the wire into paths on disk.
 *
 * <p>The text of a {@link Path} goes through the locale of the process, which may not know a name; an
 * escaped URI reaches the bytes. It costs more, so plain names go by text.
 */
final class WirePaths {
  /** Returns the path of a child of a directory. */
  static Path child(Path directory, byte[] name) throws IOException {
    Path path = path(directory.getFileSystem(), name);
    // On Windows a name may hold separators and drives, and so lead anywhere.
    if (path.isAbsolute() || path.getRoot() != null || path.getNameCount() != 1) {
      throw impossible(name, null);
    }
    return directory.resolve(path);
  }

  /** Returns what a symbolic link says; but for doubled slashes it keeps every byte. */
  static Path linkTarget(FileSystem fileSystem, byte[] target) throws IOException {
    return path(fileSystem, target);
  }

  private static Path path(FileSystem fileSystem, byte[] bytes) throws IOException {
    try {
      boolean exact = fileSystem.equals(FileSystems.getDefault()) && File.separatorChar == '/';
      if (exact && !isPlain(bytes)) {
        return pathOfBytes(bytes);
      }
      String text = new String(bytes, UTF_8);
      if (!Arrays.equals(bytes, text.getBytes(UTF_8))) {
        throw impossible(bytes, null);
      }
      return fileSystem.getPath(text);
    } catch (IllegalArgumentException e) {
      throw impossible(bytes, e);
    }
  }

  private static Path pathOfBytes(byte[] bytes) {
    boolean absolute = bytes.length > 0 && bytes[0] == '/';
    StringBuilder uri = new StringBuilder("file:///");
    for (int i = absolute ? 1 : 0; i < bytes.length; i++) {
      uri.append('%')
          .append(Character.forDigit(bytes[i] >> 4 & 0xf, 16))
          .append(Character.forDigit(bytes[i] & 0xf, 16));
    }
    Path path = Path.of(URI.create(uri.toString()));
    return absolute ? path : path.subpath(0, path.getNameCount());
  }

  /** The text of a path loses what is not ASCII in some locales, and a slash at the end in all. */
  private static boolean isPlain(byte[] bytes) {
    for (byte value : bytes) {
      if (value <= 0) {
        return false;
      }
    }
    return bytes.length > 0 && bytes[bytes.length - 1] != '/';
  }

  private static IOException impossible(byte[] name, @Nullable Exception cause) {
    return new IOException(
        "this file system cannot hold the name \"" + new String(name, UTF_8) + "\"", cause);
  }

  private WirePaths() {}
}
