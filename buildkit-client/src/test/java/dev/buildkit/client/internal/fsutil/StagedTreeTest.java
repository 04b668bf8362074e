/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedTreeTest {
  @TempDir
  Path temporary;

  @Test
  void aNewDestinationAppearsAtTheCommit() throws IOException {
    Path destination = temporary.resolve("a/b/out");
    StagedTree tree = receive(destination, new FakeSender().add(Stats.file("f"), "x"));
    assertThat(destination).doesNotExist();

    tree.commit(false);

    assertThat(destination.resolve("f")).hasContent("x");
    assertThat(names(temporary.resolve("a/b"))).containsExactly("out");
    assertThat(mode(destination)).isEqualTo("700");
  }

  @Test
  void aDiscardLeavesNothing() throws IOException {
    Path existing = Files.createDirectories(temporary.resolve("here"));
    receive(existing.resolve("a/b/out"), new FakeSender().add(Stats.file("f"), "x"))
        .discard();
    receive(existing, new FakeSender().add(Stats.directory("d")).add(Stats.file("d/f"), "x"))
        .discard();

    assertThat(existing).isEmptyDirectory();
  }

  @Test
  void aDiscardKeepsParentsThatOthersUse() throws IOException {
    StagedTree tree = receive(temporary.resolve("a/out"), new FakeSender());
    Files.createFile(temporary.resolve("a/other"));
    tree.discard();

    assertThat(names(temporary.resolve("a"))).containsExactly("other");
  }

  @Test
  void anExistingDestinationIsUntouchedUntilTheCommit() throws IOException {
    write("out/f", "old");
    StagedTree tree = receive(out(), new FakeSender().add(Stats.file("f"), "new"));
    assertThat(out().resolve("f")).hasContent("old");

    tree.commit(false);

    assertThat(out().resolve("f")).hasContent("new");
    assertThat(names(out())).containsExactly("f");
  }

  @Test
  void whatWasNotSentStaysInCopyMode() throws IOException {
    write("out/stale", "old");
    write("out/d/stale", "old");
    receive(out(), new FakeSender().add(Stats.directory("d")).add(Stats.file("d/f"), "new"))
        .commit(false);

    assertThat(names(out())).containsExactly("d", "stale");
    assertThat(names(out().resolve("d"))).containsExactly("f", "stale");
  }

  @Test
  void whatWasNotSentGoesInDeleteMode() throws IOException {
    write("out/stale", "old");
    write("out/d/stale/deep", "old");
    write("out/.buildkit-from-a-crash", "old");
    Files.createSymbolicLink(out().resolve("d/link"), temporary);
    receive(out(), new FakeSender().add(Stats.directory("d")).add(Stats.file("d/f"), "new"))
        .commit(true);

    assertThat(names(out())).containsExactly("d");
    assertThat(names(out().resolve("d"))).containsExactly("f");
    assertThat(temporary).isNotEmptyDirectory();
  }

  @Test
  void anotherKindIsReplaced() throws IOException {
    write("out/a/deep/file", "old");
    write("out/b", "old");
    Files.createSymbolicLink(out().resolve("c"), Path.of("nowhere"));
    receive(
            out(),
            new FakeSender()
                .add(Stats.file("a"), "new")
                .add(Stats.directory("b"))
                .add(Stats.file("b/f"), "new")
                .add(Stats.file("c"), "new"))
        .commit(false);

    assertThat(out().resolve("a")).hasContent("new");
    assertThat(out().resolve("b/f")).hasContent("new");
    assertThat(Files.isSymbolicLink(out().resolve("c"))).isFalse();
    assertThat(out().resolve("c")).hasContent("new");
  }

  @Test
  void linksInTheDestinationAreNotFollowed() throws IOException {
    write("outside/f", "old");
    write("outside/stale", "old");
    Files.createDirectory(out());
    Files.createSymbolicLink(out().resolve("d"), temporary.resolve("outside"));
    Files.createSymbolicLink(out().resolve("f"), temporary.resolve("outside/f"));
    receive(
            out(),
            new FakeSender()
                .add(Stats.directory("d"))
                .add(Stats.file("d/f"), "new")
                .add(Stats.file("f"), "new"))
        .commit(true);

    assertThat(temporary.resolve("outside/f")).hasContent("old");
    assertThat(temporary.resolve("outside/stale")).hasContent("old");
    assertThat(Files.isDirectory(out().resolve("d"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(out().resolve("d/f")).hasContent("new");
    assertThat(out().resolve("f")).hasContent("new");
  }

  @Test
  void theDestinationItselfMayBeALink() throws IOException {
    write("real/stale", "old");
    Files.createSymbolicLink(out(), temporary.resolve("real"));
    receive(out(), new FakeSender().add(Stats.file("f"), "new")).commit(false);

    assertThat(names(temporary.resolve("real"))).containsExactly("f", "stale");
    assertThat(Files.isSymbolicLink(out())).isTrue();
  }

  @Test
  void aDestinationThatAppearedMeanwhileIsMerged() throws IOException {
    StagedTree tree = receive(out(), new FakeSender().add(Stats.file("f"), "new"));
    write("out/other", "old");
    tree.commit(false);

    assertThat(names(out())).containsExactly("f", "other");
    assertThat(names(temporary)).containsExactly("out");
  }

  @Test
  void joinedDirectoriesGetTheAttributesThatWereSent() throws IOException {
    write("out/d/stale", "old");
    receive(
            out(),
            new FakeSender()
                .add(Stats.permissions(Stats.directory("d"), 01750))
                .add(Stats.file("d/f"), "new"))
        .commit(false);

    assertThat(mode(out().resolve("d"))).isEqualTo("1750");
    assertThat(Files.getLastModifiedTime(out().resolve("d"))).isEqualTo(sent());
  }

  @Test
  void readOnlyDirectoriesAreReadOnlyAtTheEnd() throws IOException {
    FakeSender sender = new FakeSender()
        .add(Stats.permissions(Stats.directory("a"), 0555))
        .add(Stats.permissions(Stats.directory("a/b"), 0))
        .add(Stats.file("a/b/f"), "new");
    receive(out(), sender).commit(false);
    receive(out(), sender).commit(true);

    assertThat(mode(out().resolve("a"))).isEqualTo("555");
    assertThat(mode(out().resolve("a/b"))).isEqualTo("0");
    assertThat(Files.getLastModifiedTime(out().resolve("a"))).isEqualTo(sent());
    TreeDeletion.delete(out());
  }

  @Test
  void hardLinksStayOneFile() throws IOException {
    write("out/b", "old");
    FakeSender sender = new FakeSender()
        .add(Stats.file("a"), "new")
        .add(Stats.hardLink("b", "a"))
        .add(Stats.directory("c"))
        .add(Stats.hardLink("c/d", "b"));
    receive(out(), sender).commit(false);

    assertThat(Files.isSameFile(out().resolve("a"), out().resolve("b"))).isTrue();
    assertThat(Files.isSameFile(out().resolve("a"), out().resolve("c/d"))).isTrue();
    assertThat(out().resolve("c/d")).hasContent("new");
  }

  @Test
  void platformsMayShareDirectories() throws IOException {
    StagedTree tree = StagedTree.create(out());
    Receiver one = tree.receiver();
    Receiver two = tree.receiver();
    one.receive(new Packet.Entry(Stats.directory("d")));
    two.receive(new Packet.Entry(Stats.directory("d")));
    one.receive(new Packet.Entry(Stats.file("d/one")));
    two.receive(new Packet.Entry(Stats.file("d/two")));
    for (Receiver receiver : List.of(one, two)) {
      receiver.receive(new Packet.EndOfEntries());
      new FakeSender().add(Stats.directory("d")).add(Stats.file("f")).answerAll(receiver);
    }
    tree.commit(false);

    assertThat(names(out().resolve("d"))).containsExactly("one", "two");
    assertThat(Files.getLastModifiedTime(out().resolve("d"))).isEqualTo(sent());
  }

  @Test
  void platformsMayNotShareFiles() throws IOException {
    StagedTree tree = receive(out(), new FakeSender().add(Stats.file("f"), "one"));
    Receiver other = tree.receiver();

    assertThatThrownBy(() -> other.receive(new Packet.Entry(Stats.file("f"))))
        .isInstanceOf(IOException.class)
        .hasMessage("f: something else is there");
    tree.discard();
  }

  @Test
  void whatIsMountedBelowTheDestinationIsReached() throws IOException {
    Path elsewhere = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(elsewhere), "there is no other file system");
    StagedTree tree = receive(
        temporary.resolve("staged"),
        new FakeSender()
            .add(Stats.permissions(Stats.directory("d"), 0750))
            .add(Stats.permissions(Stats.file("d/f"), 04711), "new")
            .add(Stats.symlink("d/link", "nowhere")));
    Path mounted = Files.createTempDirectory(elsewhere, "mounted");
    try {
      new TreeMerge(tree.root(), false).into(mounted);

      assertThat(names(mounted)).containsExactly("d");
      assertThat(names(mounted.resolve("d"))).containsExactly("f", "link");
      assertThat(mounted.resolve("d/f")).hasContent("new");
      assertThat(mode(mounted.resolve("d"))).isEqualTo("750");
      assertThat(mode(mounted.resolve("d/f"))).isEqualTo("4711");
      assertThat(Files.getLastModifiedTime(mounted.resolve("d"))).isEqualTo(sent());
      // JDK 17 copies times to the microsecond.
      assertThat(Files.getLastModifiedTime(mounted.resolve("d/f")).to(TimeUnit.MICROSECONDS))
          .isEqualTo(sent().to(TimeUnit.MICROSECONDS));
      assertThat(tree.root()).isEmptyDirectory();
    } finally {
      TreeDeletion.delete(mounted);
    }
  }

  @Test
  void aCommitThatFailsLeavesNothingHidden() throws IOException {
    StagedTree tree = receive(out(), new FakeSender().add(Stats.file("f"), "new"));
    write("out", "a file");

    assertThatThrownBy(() -> tree.commit(false)).isInstanceOf(IOException.class);
    assertThat(names(temporary)).containsExactly("out");
    assertThat(out()).hasContent("a file");
  }

  @Test
  void aDestinationThatCannotBeMadeLeavesNothing() throws IOException {
    write("file", "x");

    assertThatThrownBy(() -> StagedTree.create(temporary.resolve("file/out")))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(NoSuchFileException.class);
    assertThat(names(temporary)).containsExactly("file");
  }

  private static StagedTree receive(Path destination, FakeSender sender) throws IOException {
    StagedTree tree = StagedTree.create(destination);
    sender.sendTo(tree.receiver());
    return tree;
  }

  private Path out() {
    return temporary.resolve("out");
  }

  private void write(String name, String content) throws IOException {
    Path file = temporary.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }

  private static String mode(Path file) throws IOException {
    return Integer.toOctalString((int) Files.getAttribute(file, "unix:mode") & 07777);
  }

  private static FileTime sent() {
    return FileTime.from(Stats.MOD_TIME_NANOS, TimeUnit.NANOSECONDS);
  }
}
