/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import dev.buildkit.client.internal.fsutil.HiddenNames;
import dev.buildkit.client.internal.session.ByteSink;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to a hidden file beside the one that is wanted, and renames it at the end. The bytes are not
 * forced to the disk: they last as long as those of any program that copies a file.
 */
final class FileTarget implements ExportTarget, ByteSink {
  private final Path file;
  private final AtomicReference<@Nullable Partial> writing = new AtomicReference<>();

  private FileTarget(Path file) {
    this.file = file;
  }

  static FileTarget of(Path file) {
    return new FileTarget(Destinations.file(file));
  }

  @Override
  public WritableByteChannel open(Map<String, String> response) throws IOException {
    Partial partial = Partial.of(file);
    if (!writing.compareAndSet(null, partial)) {
      throw new IOException("another solve is writing it; wait for its end, or name another file");
    }
    try {
      return FileChannel.open(
          partial.hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      writing.set(null);
      throw e;
    }
  }

  @Override
  public boolean commitsLast() {
    return true;
  }

  @Override
  public void commit() throws IOException {
    Partial partial = writing.getAndSet(null);
    if (partial == null) {
      return;
    }
    try {
      Files.move(partial.hidden, partial.wanted, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      partial.delete();
      throw e;
    }
  }

  @Override
  public void discard() {
    Partial partial = writing.getAndSet(null);
    if (partial != null) {
      partial.delete();
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }

  /** The file as it is written, and its name when it is whole. */
  private record Partial(Path hidden, Path wanted) {
    private static final Logger log = LoggerFactory.getLogger(FileTarget.class);

    /** A link is followed, so that it goes on pointing at the file that is replaced. */
    static Partial of(Path file) throws IOException {
      Path wanted = Files.exists(file) ? file.toRealPath() : file;
      return new Partial(HiddenNames.beside(wanted), wanted);
    }

    void delete() {
      try {
        Files.deleteIfExists(hidden);
      } catch (IOException e) {
        log.warn("cannot delete the unfinished export {}", hidden, e);
      }
    }
  }
}
