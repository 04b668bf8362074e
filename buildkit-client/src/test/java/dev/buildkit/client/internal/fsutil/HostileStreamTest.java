/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.buildkit.client.file.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a daemon that means harm sends; each stream leaves everything outside as it was. */
class HostileStreamTest {
  @TempDir
  Path temporary;

  private Path outside;
  private Path destination;
  private StagedTree tree;
  private Receiver receiver;

  @BeforeEach
  void prepare() throws IOException {
    outside = Files.writeString(temporary.resolve("outside"), "untouched");
    destination = Files.createDirectory(temporary.resolve("out"));
    tree = StagedTree.create(destination);
    receiver = tree.receiver();
  }

  @AfterEach
  void nothingOutsideHasChanged() throws IOException {
    receiver.close();
    tree.discard();
    assertThat(temporary)
        .isDirectoryNotContaining(path -> !path.equals(outside) && !path.equals(destination));
    assertThat(outside).hasContent("untouched");
    assertThat(Files.getAttribute(outside, "unix:nlink")).isEqualTo(1);
    assertThat(destination).isEmptyDirectory();
  }

  static Stream<Arguments> streams() {
    return Stream.of(
        arguments(
            "the path \"../outside\" is not relative and clean", List.of(Stats.file("../outside"))),
        arguments("the path \"/tmp/x\" is not relative and clean", List.of(Stats.file("/tmp/x"))),
        arguments("the path \"a/../b\" is not relative and clean", List.of(Stats.file("a/../b"))),
        arguments("the path \".\" is not relative and clean", List.of(Stats.directory("."))),
        arguments("the path \"a/\" is not relative and clean", List.of(Stats.directory("a/"))),
        arguments("the path \"\" is not relative and clean", List.of(Stats.directory(""))),
        arguments("the path \"a\0b\" is not relative and clean", List.of(Stats.file("a\0b"))),
        arguments(
            "link/outside: it was sent without its directory",
            List.of(Stats.symlink("link", ".."), Stats.file("link/outside"))),
        arguments(
            "link: it was sent out of order, after link",
            List.of(Stats.symlink("link", ".."), Stats.directory("link"))),
        arguments(
            "hard: the path \"../outside\" is not relative and clean",
            List.of(Stats.hardLink("hard", "../outside"))),
        arguments(
            "z: it is a hard link to a, which is not a file",
            List.of(Stats.symlink("a", "../../outside"), Stats.hardLink("z", "a"))),
        arguments(
            "z: it is a hard link to a, which is not a file",
            List.of(Stats.directory("a"), Stats.hardLink("z", "a"))),
        arguments(
            "z: it is a hard link through a, which is not a directory",
            List.of(Stats.symlink("a", "../.."), Stats.hardLink("z", "a/outside"))),
        arguments(
            "z: it is a hard link to a, which was not sent before",
            List.of(Stats.hardLink("z", "a"))),
        arguments(
            "a: it has the unknown mode 0x88000000", List.of(Stats.withMode("a", 0x88000000))),
        arguments("a: it is a socket", List.of(Stats.of("a", FileType.SOCKET, 0644, ""))),
        arguments("x".repeat(300) + ": File name too long", List.of(Stats.file("x".repeat(300)))));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void entriesAreRefused(String message, List<Stat> stats) throws IOException {
    for (Stat stat : stats.subList(0, stats.size() - 1)) {
      receiver.receive(new Packet.Entry(stat));
    }
    Packet last = new Packet.Entry(stats.get(stats.size() - 1));
    assertThatThrownBy(() -> receiver.receive(last))
        .isInstanceOf(IOException.class)
        .hasMessage(message);
  }

  @Test
  void contentThatWasNotAskedForIsRefused() throws IOException {
    receiver.receive(new Packet.Entry(Stats.file("a")));

    refuses(data(0, 1), "content came for entry 0, which was not asked for");
    refuses(data(7, 1), "content came for entry 7, which was not asked for");
  }

  @Test
  void contentAfterItsEndIsRefused() throws IOException {
    receiver.receive(new Packet.Entry(Stats.file("a")));
    assertThat(receiver.poll()).isPresent();
    receiver.receive(data(0, 0));

    refuses(data(0, 1), "content came for entry 0, which was not asked for");
  }

  @Test
  void contentOfADirectoryIsRefused() throws IOException {
    receiver.receive(new Packet.Entry(Stats.directory("a")));

    refuses(data(0, 1), "content came for entry 0, which was not asked for");
  }

  @Test
  void entriesAfterTheirEndAreRefused() throws IOException {
    receiver.receive(new Packet.EndOfEntries());

    refuses(new Packet.Entry(Stats.file("a")), "a: it was sent after the end of all entries");
    refuses(new Packet.EndOfEntries(), "the entries ended twice");
  }

  @Test
  void anEarlyEndIsRefused() throws IOException {
    receiver.receive(new Packet.Entry(Stats.file("a")));

    refuses(new Packet.Finish(), "the daemon ended the transfer before all files had come");
  }

  @Test
  void wishesOfTheSenderAreRefused() {
    refuses(new Packet.Request(0), "the daemon asked for a file where it should send one");
  }

  private void refuses(Packet packet, String message) {
    assertThatThrownBy(() -> receiver.receive(packet))
        .isInstanceOf(IOException.class)
        .hasMessage(message);
  }

  private static Packet data(int id, int size) {
    return new Packet.Data(id, ByteBuffer.allocate(size));
  }
}
