/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import dev.buildkit.client.file.FilePath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Checks that entries come in the order of a walk: each after its directory, and none twice.
 *
 * <p>What follows from it is that no entry can lie below a file or a symbolic link.
 */
final class EntryOrder {
  /** The directories that may still get children, innermost first. */
  private final Deque<FilePath> open = new ArrayDeque<>();

  private FilePath last = FilePath.root();

  /** Takes the next entry and returns how many directories ended before it. */
  int accept(FilePath path, boolean directory) throws IOException {
    int ended = 0;
    while (!open.isEmpty() && !path.startsWith(open.element())) {
      open.remove();
      ended++;
    }
    if (path.compareTo(last) <= 0) {
      throw new IOException("it was sent out of order, after " + last);
    }
    if (!path.parent().equals(open.isEmpty() ? FilePath.root() : open.element())) {
      throw new IOException("it was sent without its directory");
    }
    if (directory) {
      open.push(path);
    }
    last = path;
    return ended;
  }
}
