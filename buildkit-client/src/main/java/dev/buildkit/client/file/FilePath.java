/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * The place of a file in a tree: a relative path of bytes with {@code /} between its elements.
 *
 * <p>Paths are clean: no element is empty, {@code .} or {@code ..}. The empty path is the root of the tree. They
 * are ordered as a walk meets them: element by element, each by unsigned bytes, so {@code a}, {@code a/x},
 * {@code a-b}. Immutable.
 */
public final class FilePath implements Comparable<FilePath> {
  private static final FilePath ROOT = new FilePath(new byte[0]);

  private final byte[] bytes;

  private FilePath(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns the empty path, which is the directory at the top of a tree. */
  public static FilePath root() {
    return ROOT;
  }

  /**
   * Returns the path whose bytes are the UTF-8 form of a text, such as {@code src/main/App.java}.
   *
   * @throws IllegalArgumentException if the path is absolute, not clean, or holds a zero byte
   */
  public static FilePath of(String path) {
    return checked(requireNonNull(path, "path").getBytes(UTF_8));
  }

  /**
   * Returns the path of the given bytes, which are copied.
   *
   * @throws IllegalArgumentException if the path is absolute, not clean, or holds a zero byte
   */
  public static FilePath ofBytes(byte[] path) {
    return checked(requireNonNull(path, "path").clone());
  }

  private static FilePath checked(byte[] bytes) {
    if (bytes.length == 0) {
      return ROOT;
    }
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i < bytes.length && bytes[i] == 0) {
        throw new IllegalArgumentException(
            "file path holds a zero byte: " + new String(bytes, UTF_8));
      }
      if (i == bytes.length || bytes[i] == '/') {
        if (isUnclean(bytes, start, i)) {
          throw new IllegalArgumentException("file path is not relative and clean: "
              + new String(bytes, UTF_8)
              + "; write it without a slash at either end and without empty, . and .. elements");
        }
        start = i + 1;
      }
    }
    return new FilePath(bytes);
  }

  private static boolean isUnclean(byte[] bytes, int start, int end) {
    return switch (end - start) {
      case 0 -> true;
      case 1 -> bytes[start] == '.';
      case 2 -> bytes[start] == '.' && bytes[start + 1] == '.';
      default -> false;
    };
  }

  /** Returns whether this is the top of the tree. */
  public boolean isRoot() {
    return bytes.length == 0;
  }

  /** Returns the directory that holds this path; the root is its own parent. */
  public FilePath parent() {
    int slash = lastSlash();
    return slash < 0 ? ROOT : new FilePath(Arrays.copyOf(bytes, slash));
  }

  /** Returns the last element; that of the root is the root. */
  public FilePath name() {
    int slash = lastSlash();
    return slash < 0 ? this : new FilePath(Arrays.copyOfRange(bytes, slash + 1, bytes.length));
  }

  /** Returns the path that begins with this one and goes on with another. */
  public FilePath resolve(FilePath other) {
    requireNonNull(other, "other");
    if (isRoot()) {
      return other;
    }
    return other.isRoot() ? this : new FilePath(joined(other.bytes));
  }

  /**
   * Returns the path that begins with this one and goes on with a text in UTF-8.
   *
   * @throws IllegalArgumentException if the text is not a path as {@link #of} wants it
   */
  public FilePath resolve(String other) {
    return resolve(of(other));
  }

  /** Returns the path of a child whose name is known to be one clean element; takes the array over. */
  FilePath child(byte[] name) {
    return new FilePath(isRoot() ? name : joined(name));
  }

  private byte[] joined(byte[] rest) {
    byte[] joined = Arrays.copyOf(bytes, bytes.length + 1 + rest.length);
    joined[bytes.length] = '/';
    System.arraycopy(rest, 0, joined, bytes.length + 1, rest.length);
    return joined;
  }

  /** Returns whether this path is the given one or lies below it; all paths lie below the root. */
  public boolean startsWith(FilePath ancestor) {
    byte[] prefix = requireNonNull(ancestor, "ancestor").bytes;
    int length = prefix.length;
    if (bytes.length < length || !Arrays.equals(bytes, 0, length, prefix, 0, length)) {
      return false;
    }
    return length == 0 || bytes.length == length || bytes[length] == '/';
  }

  private int lastSlash() {
    for (int i = bytes.length - 1; i >= 0; i--) {
      if (bytes[i] == '/') {
        return i;
      }
    }
    return -1;
  }

  /** Returns the length in bytes. */
  public int length() {
    return bytes.length;
  }

  /**
   * Returns one byte.
   *
   * @throws IndexOutOfBoundsException if the index is negative or not below {@link #length()}
   */
  public byte byteAt(int index) {
    return bytes[index];
  }

  /** Returns a copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public int compareTo(FilePath other) {
    int i = Arrays.mismatch(bytes, other.bytes);
    if (i < 0) {
      return 0;
    }
    if (i == bytes.length || i == other.bytes.length) {
      return Integer.compare(bytes.length, other.bytes.length);
    }
    return Integer.compare(rank(bytes[i]), rank(other.bytes[i]));
  }

  /** A slash ends an element, so it comes before every byte that would make the element longer. */
  private static int rank(byte value) {
    return value == '/' ? -1 : Byte.toUnsignedInt(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FilePath path && Arrays.equals(bytes, path.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Returns the path as UTF-8 text, for people: bytes that are not UTF-8 show as {@code U+FFFD}. */
  @Override
  public String toString() {
    return new String(bytes, UTF_8);
  }
}
