/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import dev.buildkit.client.file.FileEntry;
import dev.buildkit.client.file.FilePath;
import dev.buildkit.client.file.FileTree;
import dev.buildkit.client.file.FileType;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Follows the symbolic links on the way of paths, so that a daemon can follow them too.
 *
 * <p>The result are patterns for {@link PatternMatcher}: each link met, and where each path ends. Links are read as if the
 * tree were the whole file system, so none leads out of it.
 */
final class FollowPaths {
  /** As many links as a path may go through; a loop that grows has no end otherwise. */
  private static final int MAX_LINKS = 255;

  private final FileTree tree;
  private final Set<String> found = new TreeSet<>();
  private final Set<String> followed = new HashSet<>();
  private final Map<String, Map<String, FileEntry>> listings = new HashMap<>();

  private FollowPaths(FileTree tree) {
    this.tree = tree;
  }

  /**
   * Returns the paths met, sorted and without those below others; nothing at all if one of them is the root.
   *
   * @param paths {@linkplain ByteStrings strings of bytes} that may hold wildcards
   */
  static List<String> resolve(FileTree tree, List<String> paths) throws IOException {
    FollowPaths follow = new FollowPaths(tree);
    for (String path : paths) {
      follow.follow(GoPath.join(".", path), MAX_LINKS);
    }
    return withoutNested(List.copyOf(follow.found));
  }

  /** Drops each path that lies below the one kept before it; returns nothing if one of them is the root. */
  static List<String> withoutNested(List<String> paths) {
    List<String> kept = new ArrayList<>();
    String last = "";
    for (String path : paths) {
      if (path.equals(".")) {
        return List.of();
      }
      if (!path.startsWith(last + "/")) {
        kept.add(path);
        last = path;
      }
    }
    return kept;
  }

  private void follow(String path, int linksLeft) throws IOException {
    if (linksLeft == 0 || !followed.add(path)) {
      return;
    }
    for (int end = elementEnd(path, 0); ; end = elementEnd(path, end + 1)) {
      String current = path.substring(0, end);
      String rest = path.substring(Math.min(end + 1, path.length()));
      List<String> targets = targets(current);
      if (!targets.isEmpty() || rest.isEmpty()) {
        found.add(current);
      }
      for (String target : targets) {
        follow(GoPath.join(".", target, rest), linksLeft - 1);
      }
      if (!targets.isEmpty() || rest.isEmpty()) {
        return;
      }
    }
  }

  private static int elementEnd(String path, int start) {
    int slash = path.indexOf('/', start);
    return slash < 0 ? path.length() : slash;
  }

  /** Returns where the links lead that a path names, from the root of the tree. */
  private List<String> targets(String path) throws IOException {
    String directory = GoPath.dir(path);
    String name = GoPath.base(path);
    List<String> targets = new ArrayList<>();
    for (Map.Entry<String, FileEntry> entry : listing(directory).entrySet()) {
      if (isNamed(entry.getKey(), name) && entry.getValue().type() == FileType.SYMLINK) {
        String link = GoPath.clean(ByteStrings.of(entry.getValue().linkTarget()));
        targets.add(link.startsWith("/") ? link : GoPath.join("/", directory, link));
      }
    }
    return targets;
  }

  private static boolean isNamed(String name, String pattern) {
    if (!hasWildcard(pattern)) {
      return name.equals(pattern);
    }
    try {
      return Glob.matches(pattern, name);
    } catch (BadPatternException e) {
      return false; // It names nothing then; the pattern matcher will say what is wrong.
    }
  }

  private static boolean hasWildcard(String name) {
    for (int i = 0; i < name.length(); i++) {
      switch (name.charAt(i)) {
        case '\\' -> i++;
        case '*', '?', '[' -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  /** Returns the directories and links in a directory by name; none if it is not there. */
  private Map<String, FileEntry> listing(String directory) throws IOException {
    Map<String, FileEntry> known = listings.get(directory);
    if (known == null) {
      known = isDirectory(directory) ? read(directory) : Map.of();
      listings.put(directory, known);
    }
    return known;
  }

  private boolean isDirectory(String path) throws IOException {
    if (path.equals(".")) {
      return true;
    }
    FileEntry entry = listing(GoPath.dir(path)).get(GoPath.base(path));
    return entry != null && entry.type() == FileType.DIRECTORY;
  }

  private Map<String, FileEntry> read(String directory) throws IOException {
    FilePath path =
        directory.equals(".") ? FilePath.root() : FilePath.ofBytes(ByteStrings.toBytes(directory));
    Map<String, FileEntry> entries = new TreeMap<>();
    try {
      for (FileEntry entry : tree.list(path)) {
        if (entry.type() == FileType.DIRECTORY || entry.type() == FileType.SYMLINK) {
          entries.put(GoPath.base(ByteStrings.of(entry.path())), entry);
        }
      }
    } catch (NoSuchFileException e) {
      // It vanished after it was listed, so it leads nowhere.
    }
    return entries;
  }
}
