/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.file.MemoryFileTree;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.CopyAction;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.State;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

/** Files are copied with each of the many things that can be said about a copy. */
@IntegrationTest
class CopyActionIT {
  private static final State FILES = State.scratch()
      .file(
          FileAction.mkdir("/dir/sub", 0755).parents(),
          FileAction.mkfile("/dir/one.txt", 0640, "1").chown(5, 6),
          FileAction.mkfile("/dir/two.bin", 0755, "2"),
          FileAction.mkfile("/dir/sub/three.txt", 0600, "3"));

  @Test
  void filesKeepModeAndOwner(BuildKitClient client) throws Exception {
    Solved solved = copied(client, FileAction.copy(FILES, "/dir/one.txt", "/to"));

    assertThat(solved.text("to")).isEqualTo("1");
    assertThat(solved.entry("to").mode()).isEqualTo("0640");
    assertThat(solved.entry("to").owner()).isEqualTo("5:6");
  }

  @Test
  void aSlashMakesTheDestinationADirectory(BuildKitClient client) throws Exception {
    assertThat(copied(client, FileAction.copy(FILES, "/dir/one.txt", "/to/")).names())
        .containsExactly("to", "to/one.txt");
  }

  @Test
  void aMissingDirectoryIsMadeIfThatIsAskedFor(BuildKitClient client) throws Exception {
    CopyAction copy = FileAction.copy(FILES, "/dir/one.txt", "/a/b/to");

    assertThat(copied(client, copy.createDestPath()).names()).containsExactly("a", "a/b", "a/b/to");
    assertFails(client, copy, "no such file or directory");
  }

  @Test
  void ownerTimeAndModeAreSet(BuildKitClient client) throws Exception {
    Instant time = Instant.parse("2001-02-03T04:05:06Z");
    Solved.Entry entry = copied(
            client,
            FileAction.copy(FILES, "/dir/one.txt", "/to")
                .chown(1, 2)
                .createdTime(time)
                .chmod(0711))
        .entry("to");

    assertThat(entry.owner()).isEqualTo("1:2");
    assertThat(entry.modified()).isEqualTo(time);
    assertThat(entry.mode()).isEqualTo("0711");
  }

  @Test
  @Requires(llb = "file.copy.includeexcludepatterns") // the daemons before change the owner last
  void aModeMayLetOthersRunAProgramAsItsOwner(BuildKitClient client) throws Exception {
    assertThat(copied(client, FileAction.copy(FILES, "/dir/two.bin", "/to").chmod(06755))
            .entry("to")
            .mode())
        .isEqualTo("6755");
  }

  /** Daemons that can do it do not say so under a name of its own; it came after what is required here. */
  @Test
  @Requires(llb = "file.copy.alwaysreplaceexistingdestpaths")
  void aSymbolicModeChangesWhatIsThere(BuildKitClient client) throws Exception {
    Solved solved = copied(client, FileAction.copy(FILES, "/dir", "/to").chmod("go=rX,u+w"));

    assertThat(solved.entry("to/one.txt").mode()).isEqualTo("0644");
    assertThat(solved.entry("to/two.bin").mode()).isEqualTo("0755");
    assertThat(solved.entry("to/sub/three.txt").mode()).isEqualTo("0644");
  }

  @Test
  void aDirectoryOrItsContentIsCopied(BuildKitClient client) throws Exception {
    CopyAction copy = FileAction.copy(FILES, "/dir/sub", "/to/").createDestPath();

    assertThat(copied(client, copy).names()).containsExactly("to", "to/sub", "to/sub/three.txt");
    assertThat(copied(client, copy.dirContentsOnly()).names())
        .containsExactly("to", "to/three.txt");
  }

  @Test
  void patternsMatchManyOrMayMatchNone(BuildKitClient client) throws Exception {
    CopyAction none = FileAction.copy(FILES, "/dir/*.none", "/to/").allowWildcard();

    assertThat(copied(client, FileAction.copy(FILES, "/dir/*.*", "/to/").allowWildcard())
            .names())
        .containsExactly("to", "to/one.txt", "to/two.bin");
    assertThat(copied(client, none.allowEmptyWildcard()).names()).doesNotContain("to/one.txt");
    assertFails(client, none, "*.none");
    assertFails(client, FileAction.copy(FILES, "/dir/*.txt", "/to/"), "*.txt");
  }

  @Test
  @Requires(llb = "file.symlink.create")
  void linksAreCopiedOrFollowed(BuildKitClient client) throws Exception {
    State links = FILES.file(FileAction.symlink("one.txt", "/dir/link"));
    CopyAction copy = FileAction.copy(links, "/dir/link", "/to");

    assertThat(copied(client, copy).entry("to").linkTarget()).isEqualTo("one.txt");
    assertThat(copied(client, copy.followSymlinks()).text("to")).isEqualTo("1");
  }

  @Test
  @Requires(llb = "file.copy.includeexcludepatterns")
  void patternsIncludeAndExclude(BuildKitClient client) throws Exception {
    CopyAction copy = FileAction.copy(FILES, "/dir", "/to");

    assertThat(copied(client, copy.includePatterns("**/*.txt")).names())
        .containsExactly("to", "to/one.txt", "to/sub", "to/sub/three.txt");
    assertThat(copied(client, copy.excludePatterns("**/*.txt")).names())
        .containsExactly("to", "to/sub", "to/two.bin");
    assertThat(
            copied(client, copy.includePatterns("*.*").excludePatterns("*.bin")).names())
        .containsExactly("to", "to/one.txt");
  }

  @Test
  @Requires(llb = "file.copy.requiredpaths")
  void requiredPathsMustBeLeft(BuildKitClient client) throws Exception {
    CopyAction copy = FileAction.copy(FILES, "/dir", "/to").excludePatterns("*.bin");

    assertThat(copied(client, copy.requiredPaths("/dir/one.txt")).names()).contains("to/one.txt");
    assertFails(client, copy.requiredPaths("/dir/two.bin"), "two.bin");
  }

  @Test
  @Requires(llb = "file.copy.alwaysreplaceexistingdestpaths")
  void whatIsInTheWayIsReplacedIfThatIsAskedFor(BuildKitClient client) throws Exception {
    State occupied =
        State.scratch().file(FileAction.mkdir("/to/one.txt/full", 0755).parents());
    CopyAction copy = FileAction.copy(FILES, "/dir", "/to").dirContentsOnly();

    assertThatThrownBy(() -> Solved.of(client, occupied.file(copy)))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining("one.txt");
    assertThat(Solved.of(client, occupied.file(copy.alwaysReplaceExistingDestPaths()))
            .text("to/one.txt"))
        .isEqualTo("1");
  }

  @Test
  void anArchiveIsUnpackedIfThatIsAskedFor(BuildKitClient client) throws Exception {
    MemoryFileTree tree =
        MemoryFileTree.empty().addFile("archive.tar", tar("inside/file", "hello"));
    CopyAction copy = FileAction.copy(State.local("src"), "/archive.tar", "/to/");

    assertThat(Solved.of(client, request(copy, tree)).names())
        .containsExactly("to", "to/archive.tar");
    assertThat(Solved.of(client, request(copy.attemptUnpack(), tree)).text("to/inside/file"))
        .isEqualTo("hello");
  }

  @Test
  void filesComeFromActionsOfTheSameOperation(BuildKitClient client) throws Exception {
    CopyAction copy = FileAction.copy(
        FileAction.chain(
            FILES, FileAction.mkfile("/dir/late", 0644, "l"), FileAction.rm("/dir/sub")),
        "/dir",
        "/to");

    assertThat(copied(client, copy).names())
        .containsExactly("to", "to/late", "to/one.txt", "to/two.bin");
  }

  @Test
  void aSourceThatIsMissingIsNamed(BuildKitClient client) {
    assertFails(client, FileAction.copy(FILES, "/none", "/"), "\"/none\"");
  }

  private static byte[] tar(String name, String content) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(content.length());
      tar.putArchiveEntry(entry);
      tar.write(content.getBytes(UTF_8));
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static SolveRequest.Builder request(CopyAction copy, MemoryFileTree tree) {
    return SolveRequest.definition(State.scratch().file(copy).marshal()).localDir("src", tree);
  }

  private static Solved copied(BuildKitClient client, CopyAction copy) throws Exception {
    return Solved.of(client, State.scratch().file(copy));
  }

  private static void assertFails(BuildKitClient client, CopyAction copy, String words) {
    assertThatThrownBy(() -> copied(client, copy))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining(words);
  }
}
