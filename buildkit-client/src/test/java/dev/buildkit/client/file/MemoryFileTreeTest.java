/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MemoryFileTreeTest {
  private static FileEntry entry(FileTree tree, String path) throws IOException {
    FilePath wanted = FilePath.of(path);
    return tree.list(wanted.parent()).stream()
        .filter(entry -> entry.path().equals(wanted))
        .findFirst()
        .orElseThrow();
  }

  private static String content(FileTree tree, String path) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(100);
    try (ReadableByteChannel channel = tree.open(FilePath.of(path))) {
      while (channel.read(content) >= 0) {
        assertThat(content.hasRemaining()).isTrue();
      }
    }
    return UTF_8.decode(content.flip()).toString();
  }

  @Test
  void filesHaveContentAndDirectoriesAboveThem() throws IOException {
    FileTree tree = MemoryFileTree.empty()
        .addFile("a/b/run.sh", "echo".getBytes(UTF_8), 0755)
        .addFile("a/c", "\u00fc");

    assertThat(entry(tree, "a").type()).isEqualTo(FileType.DIRECTORY);
    assertThat(entry(tree, "a").permissions()).isEqualTo(0755);
    assertThat(tree.list(FilePath.of("a")))
        .extracting(FileEntry::path)
        .containsExactlyInAnyOrder(FilePath.of("a/b"), FilePath.of("a/c"));
    assertThat(entry(tree, "a/b/run.sh").permissions()).isEqualTo(0755);
    assertThat(entry(tree, "a/c").permissions()).isEqualTo(0644);
    assertThat(entry(tree, "a/c").sizeBytes()).isEqualTo(2);
    assertThat(content(tree, "a/b/run.sh")).isEqualTo("echo");
    assertThat(content(tree, "a/c")).isEqualTo("\u00fc");
  }

  @Test
  void additionsLeaveTheOriginalAlone() throws IOException {
    MemoryFileTree tree = MemoryFileTree.empty().addFile("a/b", "");
    MemoryFileTree more = tree.addFile("a/c", "");

    assertThat(tree.list(FilePath.of("a"))).hasSize(1);
    assertThat(more.list(FilePath.of("a"))).hasSize(2);
    assertThat(MemoryFileTree.empty().list(FilePath.root())).isEmpty();
  }

  @Test
  void laterAdditionsReplaceEarlierOnes() throws IOException {
    MemoryFileTree tree = MemoryFileTree.empty().addFile("a", "old").addFile("a", "new");
    assertThat(tree.list(FilePath.root())).hasSize(1);
    assertThat(content(tree, "a")).isEqualTo("new");
    assertThat(entry(tree.addSymlink("a", "b"), "a").type()).isEqualTo(FileType.SYMLINK);
  }

  @Test
  void timesTellContentApart() throws IOException {
    FileTree tree = MemoryFileTree.empty()
        .addFile("same", "v1")
        .addFile("equal", "v1")
        .addFile("other", "v2")
        .addSymlink("link", "v1");
    Instant time = entry(tree, "same").modTime();

    assertThat(time).isBetween(Instant.ofEpochSecond(1), Instant.ofEpochSecond(2));
    assertThat(entry(tree, "equal").modTime()).isEqualTo(time);
    assertThat(entry(tree, "other").modTime()).isNotEqualTo(time);
    assertThat(entry(tree, "other").modTime().getEpochSecond()).isEqualTo(1);
    assertThat(entry(tree, "link").modTime()).isEqualTo(time);
  }

  @Test
  void timesOfOnesOwnAreKept() throws IOException {
    Instant time = Instant.parse("2024-05-06T07:08:09Z");
    FileTree tree = MemoryFileTree.empty()
        .addFile(FileEntry.file(FilePath.of("f"), 99).modTime(time), new byte[] {1})
        .add(FileEntry.directory(FilePath.of("d")).modTime(time));
    assertThat(entry(tree, "f").modTime()).isEqualTo(time);
    assertThat(entry(tree, "f").sizeBytes()).isEqualTo(1);
    assertThat(entry(tree, "d").modTime()).isEqualTo(time);
  }

  @Test
  void contentIsCopied() throws IOException {
    byte[] content = {'a'};
    FileTree tree = MemoryFileTree.empty().addFile("f", content);
    content[0] = 'b';
    assertThat(content(tree, "f")).isEqualTo("a");
  }

  @Test
  void directoriesAddedAgainKeepTheirChildren() throws IOException {
    FileTree tree = MemoryFileTree.empty()
        .addFile("d/f", "")
        .add(FileEntry.directory(FilePath.of("d")).permissions(0700))
        .addFile("d/g", "");
    assertThat(entry(tree, "d").permissions()).isEqualTo(0700);
    assertThat(tree.list(FilePath.of("d"))).hasSize(2);
  }

  @Test
  void hardLinksShareKeyAndContent() throws IOException {
    MemoryFileTree tree = MemoryFileTree.empty()
        .addFile("a", "x")
        .addHardLink("b", "a")
        .addHardLink("d/c", "b")
        .addFile("e", "x");
    Object key = entry(tree, "a").hardLinkKey().orElseThrow();
    assertThat(entry(tree, "b").hardLinkKey()).contains(key);
    assertThat(entry(tree, "d/c").hardLinkKey()).contains(key);
    assertThat(entry(tree, "e").hardLinkKey()).isEmpty();
    assertThat(content(tree, "d/c")).isEqualTo("x");

    MemoryFileTree replaced = tree.addFile("a", "y").addHardLink("f", "a");
    assertThat(entry(replaced, "f").hardLinkKey().orElseThrow()).isNotEqualTo(key);
  }

  @Test
  void nothingLiesBelowAFile() {
    MemoryFileTree tree = MemoryFileTree.empty().addFile("a", "");
    assertThatThrownBy(() -> tree.addFile("a/b/c", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot add a/b/c: a is not a directory");
  }

  @Test
  void kindsAreChecked() {
    MemoryFileTree tree = MemoryFileTree.empty().addDirectory("d");
    assertThatThrownBy(() -> tree.addHardLink("b", "d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot link b to d: the tree has no regular file of this name");
    assertThatThrownBy(() -> tree.add(FileEntry.file(FilePath.of("f"), 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a regular file needs content, add it by addFile: regular f 0644 0");
    assertThatThrownBy(() -> tree.addFile(FileEntry.fifo(FilePath.of("p")), new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("only a regular file has content, but this is: fifo p 0644 0");
  }

  @Test
  void whatIsNotThereCannotBeRead() {
    FileTree tree = MemoryFileTree.empty().addFile("f", "").addDirectory("d");
    assertThatThrownBy(() -> tree.open(FilePath.of("gone")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("gone");
    assertThatThrownBy(() -> tree.list(FilePath.of("f")))
        .isInstanceOf(NotDirectoryException.class)
        .hasMessage("f");
    assertThatThrownBy(() -> tree.open(FilePath.of("d")))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("d: not a regular file");
  }

  @Test
  void closedFilesCannotBeRead() throws IOException {
    ReadableByteChannel channel = MemoryFileTree.empty().addFile("f", "x").open(FilePath.of("f"));
    assertThat(channel.isOpen()).isTrue();
    channel.close();
    assertThat(channel.isOpen()).isFalse();
    assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
  }
}
