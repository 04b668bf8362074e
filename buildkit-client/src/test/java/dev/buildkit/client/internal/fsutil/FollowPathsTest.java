/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.file.FileEntry;
import dev.buildkit.client.file.FilePath;
import dev.buildkit.client.file.FileTree;
import dev.buildkit.client.file.MemoryFileTree;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowPathsTest {
  private static List<String> resolve(FileTree tree, String... paths) throws IOException {
    return FollowPaths.resolve(tree, List.of(paths));
  }

  @Test
  void pathsThroughOneLinkAreAllFollowed() throws IOException {
    FileTree tree =
        MemoryFileTree.empty().addSymlink("current", "v1").addFile("v1/a", "").addFile("v1/b", "");
    // Go forgets the second: it takes the link for done.
    assertThat(resolve(tree, "current/a", "current/b")).containsExactly("current", "v1/a", "v1/b");
  }

  @Test
  void loopsEnd() throws IOException {
    FileTree tree = MemoryFileTree.empty()
        .addSymlink("self", "self")
        .addSymlink("ping", "pong")
        .addSymlink("pong", "ping")
        .addSymlink("growing", "growing/x");
    assertThat(resolve(tree, "self", "ping", "growing"))
        .containsExactly("growing", "ping", "pong", "self");
  }

  @Test
  void linksDoNotLeadOut() throws IOException {
    FileTree tree = MemoryFileTree.empty()
        .addSymlink("dir/up", "../../../etc/passwd")
        .addSymlink("absolute", "/etc/hosts");
    assertThat(resolve(tree, "dir/up", "absolute", "../outside"))
        .containsExactly("../outside", "absolute", "dir/up", "etc/hosts", "etc/passwd");
  }

  @Test
  void filesHaveNothingBelow() throws IOException {
    FileTree tree = MemoryFileTree.empty().addFile("file", "");
    assertThat(resolve(tree, "file/below")).containsExactly("file/below");
  }

  @Test
  void wildcardsNameSeveralLinks() throws IOException {
    FileTree tree = MemoryFileTree.empty()
        .addSymlink("links/a", "../x")
        .addSymlink("links/b", "/y")
        .addSymlink("links/\\*", "/z");
    assertThat(resolve(tree, "links/?")).containsExactly("links/?", "x", "y");
    assertThat(resolve(tree, "links/[b-a")).containsExactly("links/[b-a");
    assertThat(resolve(tree, "links/*/c")).containsExactly("links/*", "x/c", "y/c", "z/c");
  }

  @Test
  void vanishedDirectoriesLeadNowhere() throws IOException {
    FileEntry gone = FileEntry.directory(FilePath.of("gone"));
    FileTree tree = new FileTree() {
      @Override
      public List<FileEntry> list(FilePath directory) throws IOException {
        return directory.isRoot() ? List.of(gone) : MemoryFileTree.empty().list(directory);
      }

      @Override
      public ReadableByteChannel open(FilePath file) throws IOException {
        return MemoryFileTree.empty().open(file);
      }
    };
    assertThat(resolve(tree, "gone/x")).containsExactly("gone/x");
  }

  @Test
  void theRootMeansEverything() throws IOException {
    assertThat(resolve(MemoryFileTree.empty(), "a", "/")).isEmpty();
  }
}
