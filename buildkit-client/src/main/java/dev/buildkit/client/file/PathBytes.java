/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The bytes of names on disk.
 *
 * <p>A {@link Path} of a Unix file system keeps the bytes that the system gave, but its text is decoded by the locale of the
 * process and may be wrong. Its URI is not: it escapes each byte. So names that are not plain ASCII go by URI.
 */
final class PathBytes {
  private final Path root;
  private final boolean exact;

  private PathBytes(Path root, boolean exact) {
    this.root = root;
    this.exact = exact;
  }

  static PathBytes of(Path root) {
    boolean isDefault = root.getFileSystem().equals(FileSystems.getDefault());
    return new PathBytes(root, isDefault && File.separatorChar == '/');
  }

  /** Returns the last element of a path as bytes. */
  byte[] name(Path file) {
    String text = file.getFileName().toString();
    if (isAscii(text) || !exact) {
      return text.getBytes(UTF_8);
    }
    byte[] bytes = bytes(file.toUri());
    int end = bytes[bytes.length - 1] == '/' ? bytes.length - 1 : bytes.length;
    int start = end;
    while (bytes[start - 1] != '/') {
      start--;
    }
    return Arrays.copyOfRange(bytes, start, end);
  }

  /** Returns what a symbolic link says as bytes. */
  byte[] target(Path target) {
    String text = target.toString();
    if (isAscii(text) || !exact) {
      return text.replace(target.getFileSystem().getSeparator(), "/").getBytes(UTF_8);
    }
    byte[] bytes = bytes(Path.of("/").resolve(target).toUri());
    // The URI of a directory that exists ends in a slash even if the path does not.
    boolean slashAdded = bytes[bytes.length - 1] == '/' && !text.endsWith("/");
    return Arrays.copyOfRange(
        bytes, target.isAbsolute() ? 0 : 1, slashAdded ? bytes.length - 1 : bytes.length);
  }

  /** Returns the path on disk. */
  Path resolve(FilePath path) {
    if (path.isRoot()) {
      return root;
    }
    String text = path.toString();
    if (isAscii(text) || !exact) {
      return root.resolve(text);
    }
    StringBuilder uri = new StringBuilder(root.toUri().toString());
    for (int i = 0; i < path.length(); i++) {
      appendEscaped(uri, path.byteAt(i));
    }
    return Path.of(URI.create(uri.toString()));
  }

  private static void appendEscaped(StringBuilder uri, byte value) {
    if (value == '/') {
      uri.append('/');
    } else {
      uri.append('%')
          .append(Character.forDigit(value >> 4 & 0xf, 16))
          .append(Character.forDigit(value & 0xf, 16));
    }
  }

  private static byte[] bytes(URI uri) {
    byte[] escaped = uri.getRawPath().getBytes(ISO_8859_1);
    byte[] bytes = new byte[escaped.length];
    int size = 0;
    for (int i = 0; i < escaped.length; i++) {
      if (escaped[i] == '%') {
        int high = Character.digit(escaped[i + 1], 16);
        bytes[size++] = (byte) (high << 4 | Character.digit(escaped[i + 2], 16));
        i += 2;
      } else {
        bytes[size++] = escaped[i];
      }
    }
    return Arrays.copyOf(bytes, size);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
