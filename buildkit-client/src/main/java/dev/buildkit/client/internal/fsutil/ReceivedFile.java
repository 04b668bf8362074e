/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import dev.buildkit.client.file.FilePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A regular file that waits for its content. Kept small, as there may be one for every file of a tree. */
final class ReceivedFile {
  private final FilePath path;
  private final Path directory;
  private final EntryAttributes attributes;
  private @Nullable FileChannel channel;

  private ReceivedFile(FilePath path, Path directory, EntryAttributes attributes) {
    this.path = path;
    this.directory = directory;
    this.attributes = attributes;
  }

  /** Makes the empty file at once, because hard links to it may come before its content. */
  static ReceivedFile create(FilePath path, Path directory, EntryAttributes attributes)
      throws IOException {
    ReceivedFile file = new ReceivedFile(path, directory, attributes);
    Files.createFile(file.onDisk());
    return file;
  }

  FilePath path() {
    return path;
  }

  /** Appends all bytes; the file stays open until its end, or until the transfer is given up. */
  void write(ByteBuffer bytes) throws IOException {
    FileChannel out = channel;
    if (out == null) {
      out = FileChannel.open(onDisk(), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      channel = out;
    }
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  void finish() throws IOException {
    close();
    attributes.applyTo(onDisk());
  }

  void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }

  private Path onDisk() throws IOException {
    return WirePaths.child(directory, path.name().toBytes());
  }
}
