/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

/** What a {@link FileEntry} is. */
public enum FileType {
  /** A file with content. */
  REGULAR,
  /** A directory. */
  DIRECTORY,
  /** A symbolic link. */
  SYMLINK,
  /** A named pipe. */
  FIFO,
  /** A device that is read and written by characters. */
  CHAR_DEVICE,
  /** A device that is read and written by blocks. */
  BLOCK_DEVICE,
  /** The name of a Unix domain socket; a daemon gets it as an empty regular file. */
  SOCKET
}
