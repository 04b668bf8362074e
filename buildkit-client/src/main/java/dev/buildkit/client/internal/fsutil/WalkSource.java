/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import dev.buildkit.client.file.FileEntry;
import dev.buildkit.client.file.FileTree;
import dev.buildkit.client.internal.fsutil.FilteredWalk.Step;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The entries of a tree that pass a filter, and their end. */
final class WalkSource implements PacketSource {
  private final FileTree tree;
  private final TreeFilter filter;
  private final FileTable files;
  private final BooleanSupplier cancelled;
  private @Nullable FilteredWalk walk;
  private boolean ended;

  WalkSource(FileTree tree, TreeFilter filter, FileTable files, BooleanSupplier cancelled) {
    this.tree = tree;
    this.filter = filter;
    this.files = files;
    this.cancelled = cancelled;
  }

  @Override
  public @Nullable Packet next(Runnable lane) throws IOException {
    if (ended) {
      return null;
    }
    if (walk == null) {
      walk = new FilteredWalk(tree, PathFilter.of(tree, filter), cancelled);
    }
    Step step = walk.next();
    if (step == null) {
      close();
      return new Packet.EndOfEntries();
    }
    // Before it is sent, as the request for it may come at once.
    register(step.entry());
    return new Packet.Entry(step.stat());
  }

  private void register(FileEntry entry) {
    switch (entry.type()) {
      case REGULAR -> files.add(entry.path(), true);
      case SOCKET -> files.add(FileTable.NO_CONTENT, true);
      default -> files.add(entry.path(), false);
    }
  }

  @Override
  public void close() {
    ended = true;
    walk = null;
  }
}
