/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.file.FileType;
import java.util.Map;

/** Entries as a daemon might send them, good and bad. */
public final class Stats {
  /** 2009-02-13T23:31:30.123456789Z. */
  public static final long MOD_TIME_NANOS = 1_234_567_890_123_456_789L;

  private static final byte[] NOTHING = {};

  public static Stat directory(String path) {
    return of(path, FileType.DIRECTORY, 0755, "");
  }

  public static Stat file(String path) {
    return of(path, FileType.REGULAR, 0644, "");
  }

  public static Stat symlink(String path, String target) {
    return of(path, FileType.SYMLINK, 0777, target);
  }

  public static Stat hardLink(String path, String target) {
    return of(path, FileType.REGULAR, 0644, target);
  }

  public static Stat of(String path, FileType type, int permissions, String linkName) {
    return of(path.getBytes(UTF_8), type, permissions, linkName.getBytes(UTF_8));
  }

  public static Stat of(byte[] path, FileType type, int permissions, byte[] linkName) {
    int mode = FileMode.of(type, permissions);
    return new Stat(path, mode, 1000, 1000, 0, MOD_TIME_NANOS, linkName, 0, 0, Map.of());
  }

  /** Returns a file whose name has one byte for each character, which need not be UTF-8. */
  public static Stat fileOfBytes(String latin1) {
    return of(latin1.getBytes(ISO_8859_1), FileType.REGULAR, 0644, NOTHING);
  }

  public static Stat device(String path, FileType type, long major, long minor) {
    int mode = FileMode.of(type, 0600);
    byte[] name = path.getBytes(UTF_8);
    return new Stat(name, mode, 0, 0, 0, MOD_TIME_NANOS, NOTHING, major, minor, Map.of());
  }

  public static Stat withMode(String path, int mode) {
    byte[] name = path.getBytes(UTF_8);
    return new Stat(name, mode, 0, 0, 0, MOD_TIME_NANOS, NOTHING, 0, 0, Map.of());
  }

  public static Stat permissions(Stat stat, int permissions) {
    FileType type = FileMode.type(stat.mode()).orElseThrow();
    return of(stat.path(), type, permissions, stat.linkName());
  }

  public static Stat xattr(Stat stat, String name, String value) {
    return new Stat(
        stat.path(),
        stat.mode(),
        stat.uid(),
        stat.gid(),
        stat.sizeBytes(),
        stat.modTimeNanos(),
        stat.linkName(),
        stat.devMajor(),
        stat.devMinor(),
        Map.of(name, value.getBytes(UTF_8)));
  }

  private Stats() {}
}
