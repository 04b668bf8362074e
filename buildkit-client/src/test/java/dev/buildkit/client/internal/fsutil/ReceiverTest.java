/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.buildkit.client.file.FileEntry;
import dev.buildkit.client.file.FilePath;
import dev.buildkit.client.file.FileTree;
import dev.buildkit.client.file.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReceiverTest {
  @TempDir
  Path temporary;

  private StagedTree tree;
  private Receiver receiver;

  @BeforeEach
  void openTree() throws IOException {
    tree = StagedTree.create(temporary.resolve("out"));
    receiver = tree.receiver();
  }

  static Stream<JsonNode> orders() {
    return Vectors.stream(Vectors.read("vectors_fsutil.json").get("order_validator"));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void ordersAreJudgedAsInGo(JsonNode vector) throws IOException {
    List<String> sequence = Vectors.texts(vector.get("sequence"));
    if (!vector.has("error")) {
      receiveAll(sequence);
      return;
    }
    receiveAll(sequence.subList(0, sequence.size() - 1));
    boolean order = vector.get("error").textValue().startsWith("changes out of order");
    assertThatThrownBy(() -> receiveAll(sequence.subList(sequence.size() - 1, sequence.size())))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            order
                ? ".*: it was sent (out of order, after|without its directory).*"
                : "the path .* is not relative and clean");
  }

  private void receiveAll(List<String> paths) throws IOException {
    for (String path : paths) {
      boolean directory = path.endsWith("/") && path.length() > 1;
      entry(directory ? Stats.directory(path.substring(0, path.length() - 1)) : Stats.file(path));
    }
  }

  @Test
  void asksForEveryRegularFileAndForNothingElse() throws IOException {
    entry(Stats.directory("d"));
    entry(Stats.file("d/empty"));
    entry(Stats.symlink("d/link", "empty"));
    entry(Stats.hardLink("d/other", "d/empty"));
    entry(Stats.file("e"));

    assertThat(receiver.poll()).contains(new Packet.Request(1));
    assertThat(receiver.poll()).contains(new Packet.Request(4));
    assertThat(receiver.poll()).isEmpty();
  }

  @Test
  void finishesWhenAllEntriesAndAllContentCame() throws IOException {
    entry(Stats.file("a"));
    assertThat(receiver.poll()).contains(new Packet.Request(0));
    end(0);
    assertThat(receiver.poll()).as("more entries may come").isEmpty();
    receiver.receive(new Packet.EndOfEntries());
    assertThat(receiver.isStored()).isFalse();
    assertThat(receiver.poll()).contains(new Packet.Finish());
    assertThat(receiver.isStored()).isTrue();
    assertThat(receiver.isFinished()).isFalse();
    receiver.receive(new Packet.Finish());
    assertThat(receiver.isFinished()).isTrue();
    assertThat(receiver.poll()).isEmpty();
  }

  @Test
  void aTransferOfNothingIsComplete() throws IOException {
    new FakeSender().sendTo(receiver);
    tree.commit(false);

    assertThat(temporary.resolve("out")).isEmptyDirectory();
  }

  @Test
  void contentOfSeveralFilesMayInterleave() throws IOException {
    entry(Stats.file("a"));
    entry(Stats.file("b"));
    receiver.receive(new Packet.EndOfEntries());
    receiver.poll();
    receiver.poll();

    content(0, "a1");
    content(1, "b1");
    content(0, "a2");
    end(1);
    content(0, "a3");
    end(0);

    assertThat(received("a")).hasContent("a1a2a3");
    assertThat(received("b")).hasContent("b1");
  }

  @Test
  void contentKeepsItsBytes() throws IOException {
    byte[] content = new byte[1_000_003];
    new Random(1).nextBytes(content);
    new FakeSender().add(Stats.file("random"), content).sendTo(receiver);

    assertThat(received("random")).hasBinaryContent(content);
  }

  @Test
  void permissionsAndTimesAreKept() throws IOException {
    new FakeSender()
        .add(Stats.permissions(Stats.directory("d"), 01755))
        .add(Stats.permissions(Stats.file("d/setuid"), 04711), "x")
        .add(Stats.permissions(Stats.file("d/unreadable"), 0), "x")
        .add(Stats.symlink("d/z", "unreadable"))
        .sendTo(receiver);

    assertThat(mode("d")).isEqualTo("1755");
    assertThat(mode("d/setuid")).isEqualTo("4711");
    assertThat(mode("d/unreadable")).isEqualTo("0");
    for (String name : List.of("d", "d/setuid", "d/unreadable")) {
      assertThat(modTimeNanos(name)).as(name).isEqualTo(Stats.MOD_TIME_NANOS);
    }
    // JDK 17 sets the times of links to the microsecond.
    assertThat(modTimeNanos("d/z") / 1000).isEqualTo(Stats.MOD_TIME_NANOS / 1000);
  }

  @Test
  void timesBefore1970KeepTheirSeconds() throws IOException {
    Stat old = Stats.file("old");
    new FakeSender()
        .add(new Stat(
            old.path(), old.mode(), 0, 0, 0, -1_500_000_000L, old.linkName(), 0, 0, old.xattrs()))
        .sendTo(receiver);

    assertThat(modTimeNanos("old")).isEqualTo(-2_000_000_000L);
  }

  @Test
  void hardLinksThatComeBeforeTheContentShareTheFile() throws IOException {
    new FakeSender()
        .add(Stats.file("a"), "content")
        .add(Stats.hardLink("b", "a"))
        .sendTo(receiver);

    assertThat(received("b")).hasContent("content");
    assertThat(Files.isSameFile(received("a"), received("b"))).isTrue();
  }

  @Test
  void symbolicLinksKeepTheirText() throws IOException {
    List<String> targets = List.of("a", "../../b/", "/etc/passwd", "dangling/../x", ".", "/", "é");
    FakeSender sender = new FakeSender();
    for (int i = 0; i < targets.size(); i++) {
      sender.add(Stats.symlink("link" + i, targets.get(i)));
    }
    sender.sendTo(receiver);

    for (int i = 0; i < targets.size(); i++) {
      assertThat(linkText("link" + i)).isEqualTo(targets.get(i));
    }
  }

  @Test
  void namesThatAreNotUtf8Survive() throws IOException {
    new FakeSender().add(Stats.fileOfBytes("caf\u00e9"), "x").sendTo(receiver);

    List<Path> children = TreeDeletion.children(tree.root());
    assertThat(children).hasSize(1);
    assertThat(children.get(0).toUri().getRawPath()).endsWith("/caf%E9");
  }

  @Test
  void pipesAreMade() throws IOException {
    new FakeSender().add(Stats.of("pipe", FileType.FIFO, 0620, "")).sendTo(receiver);

    assertThat(type("pipe")).isEqualTo(0010000);
    assertThat(mode("pipe")).isEqualTo("620");
  }

  @Test
  void userXattrsAreKeptAndOthersLeftOut() throws IOException {
    Stat file = Stats.xattr(Stats.file("a"), "user.origin", "test");
    Stat other = Stats.xattr(Stats.file("b"), "security.selinux", "x");
    new FakeSender().add(file).add(other).sendTo(receiver);

    assumeTrue(Files.getFileStore(temporary).supportsFileAttributeView("user"), "no xattrs here");
    assertThat(xattrs("a")).containsExactly("origin");
    assertThat(xattrs("b")).isEmpty();
  }

  @Test
  void aFailureOfTheSenderIsToldInItsWords() {
    assertThatThrownBy(() -> receiver.receive(new Packet.Failure("disk on fire")))
        .isInstanceOf(IOException.class)
        .hasMessage("the daemon cannot send the files: disk on fire");
  }

  @Test
  void unknownPacketsAreIgnored() throws IOException {
    receiver.receive(new Packet.Unknown(17));

    assertThat(receiver.poll()).isEmpty();
  }

  private void entry(Stat stat) throws IOException {
    receiver.receive(new Packet.Entry(stat));
  }

  private void content(int id, String text) throws IOException {
    receiver.receive(new Packet.Data(id, ByteBuffer.wrap(text.getBytes(UTF_8))));
  }

  private void end(int id) throws IOException {
    content(id, "");
  }

  private Path received(String name) {
    return tree.root().resolve(name);
  }

  private String mode(String name) throws IOException {
    return Integer.toOctalString(unixMode(name) & 07777);
  }

  private int type(String name) throws IOException {
    return unixMode(name) & 0170000;
  }

  private int unixMode(String name) throws IOException {
    return (int) Files.getAttribute(received(name), "unix:mode", LinkOption.NOFOLLOW_LINKS);
  }

  private long modTimeNanos(String name) throws IOException {
    return Files.getLastModifiedTime(received(name), LinkOption.NOFOLLOW_LINKS)
        .to(TimeUnit.NANOSECONDS);
  }

  private List<String> xattrs(String name) throws IOException {
    return Files.getFileAttributeView(received(name), UserDefinedFileAttributeView.class)
        .list();
  }

  private String linkText(String name) throws IOException {
    for (FileEntry entry : FileTree.of(tree.root()).list(FilePath.root())) {
      if (entry.path().equals(FilePath.of(name))) {
        return new String(entry.linkTarget(), UTF_8);
      }
    }
    throw new AssertionError(name + " is missing");
  }
}
