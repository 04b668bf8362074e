/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import dev.buildkit.client.file.FileType;
import java.util.Optional;

/** The file modes on the wire, which are those of Go's {@code os.FileMode} and not those of {@code stat(2)}. */
public final class FileMode {
  private static final int DIRECTORY = 0x80000000;
  private static final int SYMLINK = 0x08000000;
  private static final int DEVICE = 0x04000000;
  private static final int FIFO = 0x02000000;
  private static final int SOCKET = 0x01000000;
  private static final int SETUID = 0x00800000;
  private static final int SETGID = 0x00400000;
  private static final int CHAR_DEVICE = 0x00200000;
  private static final int STICKY = 0x00100000;
  private static final int IRREGULAR = 0x00080000;
  private static final int TYPE_MASK =
      DIRECTORY | SYMLINK | DEVICE | FIFO | SOCKET | CHAR_DEVICE | IRREGULAR;

  private FileMode() {}

  /** Returns the mode of a type with permissions that are octal within 07777. */
  public static int of(FileType type, int permissions) {
    return typeBits(type)
        | (permissions & 0777)
        | bit(permissions, 04000, SETUID)
        | bit(permissions, 02000, SETGID)
        | bit(permissions, 01000, STICKY);
  }

  /** Returns the type that a mode names, and nothing for modes that name no or several types. */
  public static Optional<FileType> type(int mode) {
    return Optional.ofNullable(
        switch (mode & TYPE_MASK) {
          case 0 -> FileType.REGULAR;
          case DIRECTORY -> FileType.DIRECTORY;
          case SYMLINK -> FileType.SYMLINK;
          case FIFO -> FileType.FIFO;
          case SOCKET -> FileType.SOCKET;
          case DEVICE -> FileType.BLOCK_DEVICE;
          case DEVICE | CHAR_DEVICE -> FileType.CHAR_DEVICE;
          default -> null;
        });
  }

  /** Returns whether a mode is that of a regular file, the one kind whose content may be asked for. */
  public static boolean isRegular(int mode) {
    return (mode & TYPE_MASK) == 0;
  }

  /** Returns the permissions of a mode, octal within 07777. */
  public static int permissions(int mode) {
    return (mode & 0777)
        | bit(mode, SETUID, 04000)
        | bit(mode, SETGID, 02000)
        | bit(mode, STICKY, 01000);
  }

  private static int typeBits(FileType type) {
    return switch (type) {
      case REGULAR -> 0;
      case DIRECTORY -> DIRECTORY;
      case SYMLINK -> SYMLINK;
      case FIFO -> FIFO;
      case SOCKET -> SOCKET;
      case BLOCK_DEVICE -> DEVICE;
      case CHAR_DEVICE -> DEVICE | CHAR_DEVICE;
    };
  }

  private static int bit(int value, int from, int to) {
    return (value & from) == 0 ? 0 : to;
  }
}
