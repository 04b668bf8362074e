/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.file.FileEntry;
import dev.buildkit.client.file.FilePath;
import dev.buildkit.client.file.FileTree;
import dev.buildkit.client.file.MemoryFileTree;
import dev.buildkit.client.internal.fsutil.FilteredWalk.Step;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link FilteredWalk} asks of a tree, and what it makes of the answers. */
class WalkOfTreeTest {
  private static final MemoryFileTree ABC =
      MemoryFileTree.empty().addFile("a/x", "").addFile("b/x", "").addFile("c/x", "");

  private static FilteredWalk walk(FileTree tree, TreeFilter filter) throws IOException {
    return new FilteredWalk(tree, PathFilter.of(tree, filter), () -> false);
  }

  private static TreeFilter excluding(String... patterns) {
    return new TreeFilter(List.of(), List.of(patterns), List.of());
  }

  private static List<String> paths(FilteredWalk walk) throws IOException {
    List<String> paths = new ArrayList<>();
    for (Step step = walk.next(); step != null; step = walk.next()) {
      paths.add(step.entry().path().toString());
    }
    return paths;
  }

  @Test
  void directoriesAreListedWhenReached() throws IOException {
    RecordingTree tree = new RecordingTree(ABC);
    FilteredWalk walk = walk(tree, TreeFilter.ALL);
    assertThat(tree.listed()).containsExactly("");
    walk.next();
    walk.next();
    assertThat(tree.listed()).containsExactly("", "a");
    assertThat(paths(walk)).containsExactly("b", "b/x", "c", "c/x");
    assertThat(walk.next()).isNull();
  }

  @Test
  void directoriesThatCannotMatterAreNotListed() throws IOException {
    RecordingTree excluded = new RecordingTree(ABC);
    assertThat(paths(walk(excluded, excluding("a", "b", "!b/x"))))
        .containsExactly("b", "b/x", "c", "c/x");
    assertThat(excluded.listed()).containsExactly("", "b", "c");

    RecordingTree included = new RecordingTree(ABC);
    TreeFilter filter = new TreeFilter(List.of("c/**"), List.of(), List.of());
    assertThat(paths(walk(included, filter))).containsExactly("c", "c/x");
    assertThat(included.listed()).containsExactly("", "c");
  }

  @Test
  void directoriesThatVanishAreEmpty() throws IOException {
    FileTree tree = new RecordingTree(ABC).fail("b", new NoSuchFileException("/t/b"));
    assertThat(paths(walk(tree, TreeFilter.ALL))).containsExactly("a", "a/x", "b", "c", "c/x");
  }

  @Test
  void unreadableDirectoriesMatterOnlyIfWanted() throws IOException {
    FileTree tree = new RecordingTree(ABC).fail("b", new AccessDeniedException("/t/b"));
    assertThat(paths(walk(tree, excluding("b", "!b/*/y")))).containsExactly("a", "a/x", "c", "c/x");
    assertThatThrownBy(() -> paths(walk(tree, TreeFilter.ALL)))
        .isInstanceOf(TreeReadException.class)
        .hasMessage("cannot read b: access denied: /t/b");
  }

  @Test
  void failuresNameTheDirectory() {
    FileTree broken = new RecordingTree(ABC).fail("", new IOException("disk is gone"));
    assertThatThrownBy(() -> walk(broken, TreeFilter.ALL))
        .hasMessage("cannot read .: disk is gone");
    FileTree failing = new RecordingTree(ABC)
        .fail("c", new FileSystemException("/t/c", null, "Input/output error"));
    assertThatThrownBy(() -> paths(walk(failing, TreeFilter.ALL)))
        .hasMessage("cannot read c: Input/output error: /t/c");
    FileTree silent = new RecordingTree(ABC).fail("c", new IOException());
    assertThatThrownBy(() -> paths(walk(silent, TreeFilter.ALL)))
        .hasMessage("cannot read c: java.io.IOException");
  }

  /** A tree that lists the same entries everywhere. */
  private record ListTree(List<FileEntry> entries) implements FileTree {
    @Override
    public List<FileEntry> list(FilePath directory) {
      return entries;
    }

    @Override
    public ReadableByteChannel open(FilePath file) throws IOException {
      throw new NoSuchFileException(file.toString());
    }
  }

  @Test
  void treesListEachChildOnce() {
    FileEntry file = FileEntry.file(FilePath.of("x"), 0);
    assertThatThrownBy(() -> walk(new ListTree(List.of(file, file)), TreeFilter.ALL))
        .hasMessage("cannot read .: file tree lists x twice; it must list each child once");
  }

  @Test
  void treesListOnlyChildren() throws IOException {
    FilteredWalk walk =
        walk(new ListTree(List.of(FileEntry.directory(FilePath.of("x")))), TreeFilter.ALL);
    assertThatThrownBy(walk::next)
        .hasMessage("cannot read x: file tree lists x in x; it must list children only");
  }

  @Test
  void furtherNamesOfAFilePointAtTheFirstOneSent() throws IOException {
    FileTree tree =
        MemoryFileTree.empty().addFile("a", "x").addHardLink("b", "a").addHardLink("c", "a");
    FilteredWalk walk = walk(tree, excluding("a"));
    Step first = requireNonNull(walk.next());
    Step second = requireNonNull(walk.next());
    assertThat(first.firstName()).isNull();
    assertThat(second.firstName()).isEqualTo(FilePath.of("b"));
    assertThat(second.stat().linkName()).isEqualTo(new byte[] {'b'});
    assertThat(second.stat().sizeBytes()).isEqualTo(1);
  }

  @Test
  void namesThatAreNotTextAreMatchedByTheirBytes() throws IOException {
    FilePath name = FilePath.ofBytes(new byte[] {(byte) 0xff, 'x'});
    FileTree tree = MemoryFileTree.empty().add(FileEntry.directory(name)).addFile("y", "");
    assertThat(paths(walk(tree, excluding("?x")))).containsExactly("y");
    assertThat(paths(walk(tree, excluding("\u00ffx")))).hasSize(2);
  }
}
