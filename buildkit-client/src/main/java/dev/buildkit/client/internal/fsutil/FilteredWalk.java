/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import dev.buildkit.client.file.FileEntry;
import dev.buildkit.client.file.FilePath;
import dev.buildkit.client.file.FileTree;
import dev.buildkit.client.file.FileType;
import dev.buildkit.client.internal.fsutil.PathFilter.Verdict;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a tree in the order of the protocol and returns what passes a filter, with the directories above it.
 *
 * <p>It reads a directory when it gets there, and holds the listings of those above only. Not thread-safe.
 */
final class FilteredWalk {
  private final FileTree tree;
  private final PathFilter filter;
  private final BooleanSupplier cancelled;
  private final Deque<Level> levels = new ArrayDeque<>();
  private final Deque<FileEntry> ready = new ArrayDeque<>();
  private final Map<Object, FilePath> firstNames = new HashMap<>();

  /**
   * Starts a walk.
   *
   * @param cancelled tells when nobody wants to know any more, as much may be left out between two entries to send
   */
  FilteredWalk(FileTree tree, PathFilter filter, BooleanSupplier cancelled) throws IOException {
    this.tree = tree;
    this.filter = filter;
    this.cancelled = cancelled;
    levels.push(new Level(listRoot(), null, Verdict.ROOT));
  }

  /**
   * An entry to send.
   *
   * @param firstName the path of the first entry that is the same file, if this is a further name of it
   */
  record Step(FileEntry entry, @Nullable FilePath firstName) {
    Stat stat() {
      return firstName == null ? Stat.of(entry) : Stat.hardLink(entry, firstName);
    }
  }

  /** A directory on the way to where the walk is; its children leave memory as the walk passes them. */
  private static final class Level {
    private final Queue<FileEntry> children;
    private final Verdict verdict;
    private @Nullable FileEntry unsent;

    Level(Queue<FileEntry> children, @Nullable FileEntry unsent, Verdict verdict) {
      this.children = children;
      this.unsent = unsent;
      this.verdict = verdict;
    }
  }

  /**
   * Returns the next entry, or null after the last one and when the walk is cancelled.
   *
   * @throws IOException if a directory cannot be read, the tree breaks its rules, or a pattern is broken
   */
  @Nullable
  Step next() throws IOException {
    while (ready.isEmpty() && !levels.isEmpty() && !cancelled.getAsBoolean()) {
      Level level = levels.element();
      FileEntry child = level.children.poll();
      if (child == null) {
        levels.pop();
      } else {
        visit(child, level);
      }
    }
    FileEntry entry = ready.poll();
    return entry == null ? null : new Step(entry, firstName(entry));
  }

  private void visit(FileEntry entry, Level parent) throws IOException {
    Verdict verdict = filter.isOpen()
        ? Verdict.SENT
        : filter.decide(ByteStrings.of(entry.path()), parent.verdict);
    if (verdict.sent()) {
      sendAncestors();
      ready.add(entry);
    }
    if (entry.type() == FileType.DIRECTORY && !verdict.pruned()) {
      Queue<FileEntry> children = list(entry, verdict);
      levels.push(new Level(children, verdict.sent() ? null : entry, verdict));
    }
  }

  private void sendAncestors() {
    for (Iterator<Level> it = levels.descendingIterator(); it.hasNext(); ) {
      Level level = it.next();
      if (level.unsent != null) {
        ready.add(level.unsent);
        level.unsent = null;
      }
    }
  }

  private @Nullable FilePath firstName(FileEntry entry) {
    if (entry.type() != FileType.REGULAR || entry.hardLinkKey().isEmpty()) {
      return null;
    }
    return firstNames.putIfAbsent(entry.hardLinkKey().get(), entry.path());
  }

  private Queue<FileEntry> list(FileEntry directory, Verdict verdict) throws IOException {
    try {
      return list(directory.path());
    } catch (NoSuchFileException e) {
      return new ArrayDeque<>(); // It vanished after it was listed.
    } catch (AccessDeniedException e) {
      if (verdict.sent()) {
        throw TreeReadException.of(directory.path(), e);
      }
      return new ArrayDeque<>(); // It is not wanted; only something below it might have been.
    } catch (IOException e) {
      throw TreeReadException.of(directory.path(), e);
    }
  }

  private Queue<FileEntry> listRoot() throws TreeReadException {
    try {
      return list(FilePath.root());
    } catch (IOException e) {
      throw TreeReadException.of(FilePath.root(), e);
    }
  }

  private Queue<FileEntry> list(FilePath directory) throws IOException {
    List<FileEntry> children = new ArrayList<>(tree.list(directory));
    children.sort(Comparator.comparing(FileEntry::path));
    checkChildren(children, directory);
    return new ArrayDeque<>(children);
  }

  /** A daemon would refuse what is out of order with words that help nobody. */
  private static void checkChildren(List<FileEntry> sorted, FilePath directory) throws IOException {
    FilePath last = directory;
    for (FileEntry child : sorted) {
      FilePath path = child.path();
      if (!path.parent().equals(directory)) {
        throw new IOException("file tree lists " + path + " in "
            + (directory.isRoot() ? "." : directory) + "; it must list children only");
      }
      if (path.equals(last)) {
        throw new IOException("file tree lists " + path + " twice; it must list each child once");
      }
      last = path;
    }
  }
}
