/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.file.MemoryFileTree;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.LocalSource;
import dev.buildkit.llb.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a directory of the client the daemon gets what the source says. */
@IntegrationTest
class LocalSourceIT {
  private static final LocalSource SRC = LocalSource.of("src");
  private static final MemoryFileTree TREE = MemoryFileTree.empty()
      .addFile("a.txt", "a")
      .addFile("b.bin", "b")
      .addDirectory("dir")
      .addFile("dir/c.txt", "c")
      .addFile("dir/d.bin", "d")
      .addSymlink("link", "dir/c.txt");

  @Test
  void patternsIncludeAndExclude(BuildKitClient client) throws Exception {
    assertThat(solved(client, SRC.includePatterns("**/*.txt")).names())
        .containsExactly("a.txt", "dir", "dir/c.txt");
    assertThat(solved(client, SRC.excludePatterns("**/*.bin", "!dir/d.bin", "link"))
            .names())
        .containsExactly("a.txt", "dir", "dir/c.txt", "dir/d.bin");
    assertThat(solved(client, SRC.includePatterns("dir").excludePatterns("**/*.bin"))
            .names())
        .containsExactly("dir", "dir/c.txt");
  }

  @Test
  void aLinkIsFollowed(BuildKitClient client) throws Exception {
    assertThat(solved(client, SRC.followPaths("link")).names())
        .containsExactly("dir", "dir/c.txt", "link");
  }

  @Test
  @Requires(llb = "source.local.metadatatransfer")
  void onlyMetadataIsSentButForExceptions(BuildKitClient client) throws Exception {
    Solved solved = solved(client, SRC.metadataOnlyTransfer("**/*.bin"));

    assertThat(solved.text("b.bin")).isEqualTo("b");
    assertThat(solved.text("dir/d.bin")).isEqualTo("d");
    assertThat(solved.names()).doesNotContain("a.txt", "dir/c.txt");
    assertThat(solved.text(".fsutil-metadata")).contains("a.txt", "dir/c.txt");
  }

  /** A file that looks unchanged is sent again only if all are to be sent. */
  @Test
  @Requires(llb = "source.local.differ")
  void aDifferenceIsToldByMetadataUnlessAllIsSent(BuildKitClient client, @TempDir Path directory)
      throws Exception {
    LocalSource source = SRC.sharedKeyHint(directory.toString());
    write(directory, "first");
    assertThat(text(client, source, directory)).isEqualTo("first");

    write(directory, "other");
    assertThat(text(client, source.differMetadata(true), directory)).isEqualTo("first");
    assertThat(text(client, source.differNone(true), directory)).isEqualTo("other");
  }

  /** Daemons before 0.33 take the encoded key as it is, which is as good. */
  @Test
  @Requires(llb = "source.local.differ")
  void aKeyMayHaveAnyCharacters(BuildKitClient client, @TempDir Path temporary) throws Exception {
    Path directory = Files.createDirectory(temporary.resolve("jürgen + ключ"));
    LocalSource source = SRC.sharedKeyHint(temporary.toString());
    write(directory, "first");
    assertThat(text(client, source, directory)).isEqualTo("first");

    write(directory, "other");
    assertThat(text(client, source.differMetadata(true), directory)).isEqualTo("first");
  }

  private static void write(Path directory, String fiveLetters) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), fiveLetters);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
  }

  private static String text(BuildKitClient client, LocalSource source, Path directory)
      throws Exception {
    return Solved.of(
            client,
            SolveRequest.definition(State.from(source).marshal())
                .sharedKey(directory.toString())
                .localDir("src", directory))
        .text("file");
  }

  private static Solved solved(BuildKitClient client, LocalSource source) throws Exception {
    return Solved.of(
        client, SolveRequest.definition(State.from(source).marshal()).localDir("src", TREE));
  }
}
