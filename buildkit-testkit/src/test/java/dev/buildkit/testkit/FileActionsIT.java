/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Directories, files and links are made and removed with all that can be said about them. */
@IntegrationTest
class FileActionsIT {
  private static final Instant TIME = Instant.parse("2001-02-03T04:05:06Z");

  /** Has names to look up. */
  private static final State BASE = State.scratch()
      .file(
          FileAction.mkdir("/etc", 0755),
          FileAction.mkfile("/etc/passwd", 0644, "app:x:1234:1::/:\n"),
          FileAction.mkfile("/etc/group", 0644, "staff:x:50:\n"));

  @Test
  void aDirectoryHasModeOwnerAndTime(BuildKitClient client) throws Exception {
    Solved solved = Solved.of(
        client,
        BASE.file(
            FileAction.mkdir("/plain", 0750),
            FileAction.mkdir("/a/b", 0700).parents().chown("app:staff").createdTime(TIME),
            FileAction.mkdir("/a/b", 0700).parents()));

    assertThat(solved.entry("plain").mode()).isEqualTo("0750");
    assertThat(solved.entry("plain").owner()).isEqualTo("0:0");
    assertThat(solved.entry("a/b").mode()).isEqualTo("0700");
    assertThat(solved.entry("a/b").owner()).isEqualTo("1234:50");
    assertThat(solved.entry("a/b").modified()).isEqualTo(TIME);
  }

  @Test
  void aDirectoryNeedsTheOnesAbove(BuildKitClient client) {
    assertFails(client, State.scratch().file(FileAction.mkdir("/a/b", 0755)), "/a/b");
  }

  @Test
  void aFileHasContentModeOwnerAndTime(BuildKitClient client) throws Exception {
    byte[] binary = {0, -1, 10, 13, -128};
    Solved solved = Solved.of(
        client,
        BASE.file(
            FileAction.mkfile("/binary", 0640, binary).chown(7, 8).createdTime(TIME),
            FileAction.mkfile("/replaced", 0600, "old"),
            FileAction.mkfile("/replaced", 0644, "new").chown("app")));

    assertThat(solved.entry("binary").content()).isEqualTo(binary);
    assertThat(solved.entry("binary").mode()).isEqualTo("0640");
    assertThat(solved.entry("binary").owner()).isEqualTo("7:8");
    assertThat(solved.entry("binary").modified()).isEqualTo(TIME);
    assertThat(solved.text("replaced")).isEqualTo("new");
    assertThat(solved.entry("replaced").owner()).isEqualTo("1234:1");
  }

  @Test
  void withoutAGroupTheDaemonTakesThatOfTheUser(BuildKitClient client) throws Exception {
    Solved solved = Solved.of(
        client,
        BASE.file(
            FileAction.mkfile("/name", 0644, "").chown("app:"),
            FileAction.mkfile("/number", 0644, "").chown("5:"),
            FileAction.mkfile("/sign", 0644, "").chown("+6:+7")));

    assertThat(solved.entry("name").owner()).isEqualTo("1234:1");
    assertThat(solved.entry("number").owner()).isEqualTo("5:5");
    assertThat(solved.entry("sign").owner()).isEqualTo("6:7");
  }

  @Test
  void aUserThatIsNotInTheFilesIsRoot(BuildKitClient client) throws Exception {
    Solved solved =
        Solved.of(client, BASE.file(FileAction.mkfile("/file", 0644, "").chown("unknown:staff")));

    assertThat(solved.entry("file").owner()).isEqualTo("0:50");
  }

  @Test
  @Requires(llb = "file.symlink.create")
  void aLinkHasTargetOwnerAndTime(BuildKitClient client) throws Exception {
    Solved solved = Solved.of(
        client,
        BASE.file(
            FileAction.symlink("../nowhere", "/link").chown("1:2").createdTime(TIME),
            FileAction.symlink("etc/passwd", "/users")));

    assertThat(solved.entry("link").header().isSymbolicLink()).isTrue();
    assertThat(solved.entry("link").linkTarget()).isEqualTo("../nowhere");
    assertThat(solved.entry("link").owner()).isEqualTo("1:2");
    assertThat(solved.entry("link").modified()).isEqualTo(TIME);
    assertThat(solved.entry("users").linkTarget()).isEqualTo("etc/passwd");
  }

  @Test
  void removingTakesDirectoriesAndPatterns(BuildKitClient client) throws Exception {
    State files = State.scratch()
        .file(
            FileAction.mkdir("/dir/sub", 0755).parents(),
            FileAction.mkfile("/dir/sub/file", 0644, ""),
            FileAction.mkfile("/one.txt", 0644, ""),
            FileAction.mkfile("/two.txt", 0644, ""),
            FileAction.mkfile("/kept.bin", 0644, ""),
            FileAction.mkfile("/*", 0644, "a name, not a pattern"));
    Solved solved = Solved.of(
        client,
        files.file(
            FileAction.rm("/dir"),
            FileAction.rm("/*.txt").allowWildcard(),
            FileAction.rm("/*"),
            FileAction.rm("/none").allowNotFound(),
            FileAction.rm("/none*").allowWildcard().allowNotFound()));

    assertThat(solved.names()).containsExactly("kept.bin");
  }

  @Test
  @Requires(llb = "file.rm.nofollowsymlink")
  void removingWhatIsNotThereFails(BuildKitClient client) {
    assertFails(client, BASE.file(FileAction.rm("/none")), "/none");
  }

  @Test
  void relativePathsAreInTheWorkingDirectory(BuildKitClient client) throws Exception {
    Solved solved = Solved.of(
        client,
        BASE.dir("/etc")
            .file(FileAction.mkfile("hosts", 0644, "here"), FileAction.rm("../etc/group")));

    assertThat(solved.text("etc/hosts")).isEqualTo("here");
    assertThat(solved.names()).doesNotContain("etc/group");
  }

  private static void assertFails(BuildKitClient client, State state, String words) {
    assertThatThrownBy(() -> Solved.of(client, state))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining(words);
  }
}
