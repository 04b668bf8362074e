/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.file.FileEntry;
import dev.buildkit.client.file.FilePath;
import dev.buildkit.client.file.FileTree;
import dev.buildkit.client.file.MemoryFileTree;
import dev.buildkit.client.internal.fsutil.Packet;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FileSyncServiceTest {
  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();

  @AfterEach
  void shutDown() {
    executor.shutdownNow();
  }

  private FakeReceiver receive(FileTree tree) throws IOException {
    return call(tree, "DiffCopy", headers("dir-name", "context"));
  }

  private FakeReceiver call(FileTree tree, String method, Metadata headers) throws IOException {
    FileSyncService service = new FileSyncService(
        Map.of("context", tree),
        executor,
        (directory, cause) -> failures.add(directory + ": " + cause.getMessage()));
    return new FakeReceiver(service.definition(), method, headers);
  }

  private static Metadata headers(String... keysAndValues) {
    Metadata headers = new Metadata();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      headers.put(
          Metadata.Key.of(keysAndValues[i], Metadata.ASCII_STRING_MARSHALLER),
          keysAndValues[i + 1]);
    }
    return headers;
  }

  private static List<String> receivePaths(FakeReceiver receiver) throws InterruptedException {
    List<String> paths = new ArrayList<>();
    Packet packet = receiver.receive();
    while (packet instanceof Packet.Entry entry) {
      paths.add(new String(entry.stat().path(), UTF_8));
      packet = receiver.receive();
    }
    assertThat(packet).isInstanceOf(Packet.EndOfEntries.class);
    return paths;
  }

  private static String receiveFile(FakeReceiver receiver, int id) throws InterruptedException {
    receiver.send(new Packet.Request(id));
    StringBuilder content = new StringBuilder();
    while (receiver.receive() instanceof Packet.Data data && data.bytes().hasRemaining()) {
      assertThat(data.id()).isEqualTo(id);
      content.append(UTF_8.decode(data.bytes()));
    }
    return content.toString();
  }

  private static void assertFinishes(FakeReceiver receiver) throws Exception {
    receiver.send(new Packet.Finish());
    assertThat(receiver.receive()).isInstanceOf(Packet.Finish.class);
    assertThat(receiver.status().getCode()).isEqualTo(Status.Code.OK);
  }

  private void assertFails(FakeReceiver receiver, String message) throws Exception {
    assertThat(receiver.receive()).isEqualTo(new Packet.Failure(message));
    assertThat(receiver.status().getCode()).isEqualTo(Status.Code.UNKNOWN);
    assertThat(receiver.status().getDescription()).isEqualTo(message);
    assertThat(failures.poll(60, TimeUnit.SECONDS)).isEqualTo("context: " + message);
    assertThat(failures).isEmpty();
  }

  @Test
  void entriesComeInOrderAndContentByTheirNumbers() throws Exception {
    MemoryFileTree tree = MemoryFileTree.empty()
        .addFile("a-b", "second")
        .addFile("a/x", "first")
        .addSymlink("a.lnk", "a-b")
        .addFile("\uff21", "before")
        .addFile("\ud83d\ude00", "after");
    try (FakeReceiver receiver = receive(tree)) {
      assertThat(receivePaths(receiver))
          .containsExactly("a", "a/x", "a-b", "a.lnk", "\uff21", "\ud83d\ude00");
      assertThat(receiveFile(receiver, 2)).isEqualTo("second");
      assertThat(receiveFile(receiver, 1)).isEqualTo("first");
      assertFinishes(receiver);
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void patternsComeInHeaders() throws Exception {
    MemoryFileTree tree =
        MemoryFileTree.empty().addFile("a/x", "").addFile("b", "").addFile("\u00fc", "");
    Metadata headers = headers(
        "dir-name",
        "context",
        "include-patterns",
        "a",
        "include-patterns",
        "%C3%BC",
        "include-patterns-encoded",
        "1",
        "exclude-patterns",
        "a/x");
    try (FakeReceiver receiver = call(tree, "DiffCopy", headers)) {
      assertThat(receivePaths(receiver)).containsExactly("a", "\u00fc");
      assertFinishes(receiver);
    }
  }

  @Test
  void badPatternsFailTheTransfer() throws Exception {
    Metadata headers = headers("dir-name", "context", "exclude-patterns", "[a-");
    try (FakeReceiver receiver = call(MemoryFileTree.empty(), "DiffCopy", headers)) {
      assertFails(receiver, "invalid excludepatterns: syntax error in pattern: [a-");
    }
  }

  @Test
  void headersThatAreNotEscapedAsSaidAreRefused() throws Exception {
    Metadata headers = headers("dir-name", "%", "dir-name-encoded", "1");
    try (FakeReceiver receiver = call(MemoryFileTree.empty(), "DiffCopy", headers)) {
      assertThat(receiver.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void onlyNamedDirectoriesAreServed() throws Exception {
    Metadata headers = headers("dir-name", "other");
    try (FakeReceiver receiver = call(MemoryFileTree.empty(), "DiffCopy", headers)) {
      assertThat(receiver.status().getCode()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(receiver.status().getDescription())
          .isEqualTo("no access allowed to dir \"other\"");
    }
  }

  @Test
  void tarStreamsAreNotServed() throws Exception {
    Metadata headers = headers("dir-name", "context");
    try (FakeReceiver receiver = call(MemoryFileTree.empty(), "TarStream", headers)) {
      assertThat(receiver.status().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }
  }

  @Test
  void socketsAreEmptyFilesThatAreNeverOpened() throws Exception {
    FileTree tree = MemoryFileTree.empty().add(FileEntry.socket(FilePath.of("agent.sock")));
    try (FakeReceiver receiver = receive(tree)) {
      assertThat(receivePaths(receiver)).containsExactly("agent.sock");
      assertThat(receiveFile(receiver, 0)).isEmpty();
      assertFinishes(receiver);
    }
  }

  @Test
  void idsThatAreUnknownAreRefused() throws Exception {
    try (FakeReceiver receiver = receive(MemoryFileTree.empty().addFile("a/x", ""))) {
      assertThat(receivePaths(receiver)).containsExactly("a", "a/x");
      receiver.send(new Packet.Request(0));
      assertThat(receiver.status().getDescription()).isEqualTo("invalid file id 0");
    }
  }

  @Test
  void idsAreServedOnce() throws Exception {
    try (FakeReceiver receiver = receive(MemoryFileTree.empty().addFile("x", "once"))) {
      receivePaths(receiver);
      assertThat(receiveFile(receiver, 0)).isEqualTo("once");
      receiver.send(new Packet.Request(0));
      assertThat(receiver.status().getDescription()).isEqualTo("invalid file id 0");
    }
  }

  @Test
  void idsAreUnsigned() throws Exception {
    try (FakeReceiver receiver = receive(MemoryFileTree.empty())) {
      receiver.send(new Packet.Request(-1));
      assertThat(receiver.status().getDescription()).isEqualTo("invalid file id 4294967295");
    }
  }

  @Test
  void failuresOfTheReceiverEndTheTransfer() throws Exception {
    try (FakeReceiver receiver = receive(MemoryFileTree.empty())) {
      receiver.send(new Packet.Failure("disk is full"));
      assertThat(receiver.status().getCode()).isEqualTo(Status.Code.UNKNOWN);
      assertThat(receiver.status().getDescription()).isEqualTo("error from receiver: disk is full");
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void receiversThatLeaveEarlyEndTheTransfer() throws Exception {
    try (FakeReceiver receiver = receive(MemoryFileTree.empty())) {
      receiver.halfClose();
      assertThat(receiver.status().getDescription())
          .isEqualTo("the receiver left before the transfer was complete");
    }
  }

  @Test
  void unreadableDirectoriesFailTheTransferByName() throws Exception {
    FileTree tree = new FakeTree(MemoryFileTree.empty().addDirectory("secret")) {
      @Override
      public List<FileEntry> list(FilePath directory) throws IOException {
        if (directory.equals(FilePath.of("secret"))) {
          throw new AccessDeniedException("/home/me/secret");
        }
        return super.list(directory);
      }
    };
    try (FakeReceiver receiver = receive(tree)) {
      assertFails(receiver, "cannot read secret: access denied: /home/me/secret");
    }
  }

  @Test
  void unreadableFilesFailTheTransferByName() throws Exception {
    FileTree tree = new FakeTree(MemoryFileTree.empty().addFile("key.pem", "secret")) {
      @Override
      public ReadableByteChannel open(FilePath file) throws IOException {
        throw new AccessDeniedException("/home/me/key.pem");
      }
    };
    try (FakeReceiver receiver = receive(tree)) {
      receivePaths(receiver);
      receiver.send(new Packet.Request(0));
      assertFails(receiver, "cannot read key.pem: access denied: /home/me/key.pem");
    }
  }

  @Test
  void anythingThatATreeThrowsFailsTheTransfer() throws Exception {
    FileTree tree = new FakeTree(MemoryFileTree.empty()) {
      @Override
      public List<FileEntry> list(FilePath directory) {
        throw new StackOverflowError("too deep");
      }
    };
    try (FakeReceiver receiver = receive(tree)) {
      assertFails(receiver, "too deep");
    }
  }

  @Test
  void listenersThatThrowDoNotKeepTheReceiverWaiting() throws Exception {
    FileSyncService service = new FileSyncService(
        Map.of("", new FakeTree(MemoryFileTree.empty()) {
          @Override
          public List<FileEntry> list(FilePath directory) throws IOException {
            throw new IOException("disk is gone");
          }
        }),
        executor,
        (directory, cause) -> {
          throw new IllegalStateException(cause);
        });
    try (FakeReceiver receiver =
        new FakeReceiver(service.definition(), "DiffCopy", new Metadata())) {
      assertThat(receiver.status().getDescription()).isEqualTo("cannot read .: disk is gone");
    }
  }

  @Test
  void filesAreSentAsTheyAreWhenRead() throws Exception {
    FileTree tree = new FakeTree(MemoryFileTree.empty().addFile("log", "one line")) {
      @Override
      public ReadableByteChannel open(FilePath file) {
        byte[] grown = "one line\nand another".getBytes(UTF_8);
        return Channels.newChannel(new ByteArrayInputStream(grown));
      }
    };
    try (FakeReceiver receiver = receive(tree)) {
      receivePaths(receiver);
      assertThat(receiveFile(receiver, 0)).isEqualTo("one line\nand another");
      assertFinishes(receiver);
    }
  }

  @Test
  void contentIsSentWhileTheWalkGoesOn() throws Exception {
    CountDownLatch contentReceived = new CountDownLatch(1);
    FileTree tree = new FakeTree(MemoryFileTree.empty().addFile("a", "early").addDirectory("b")) {
      @Override
      public List<FileEntry> list(FilePath directory) throws IOException {
        if (!directory.isRoot()) {
          await(contentReceived);
        }
        return super.list(directory);
      }
    };
    try (FakeReceiver receiver = receive(tree)) {
      assertThat(receiver.receive()).isInstanceOf(Packet.Entry.class);
      assertThat(receiveFile(receiver, 0)).isEqualTo("early");
      contentReceived.countDown();
      assertThat(receivePaths(receiver)).containsExactly("b");
      assertFinishes(receiver);
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new IOException("nothing came");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void cancelledWalksEndWithoutAnEntryToSend() throws Exception {
    CountDownLatch walking = new CountDownLatch(2);
    FileTree endless = new FakeTree(MemoryFileTree.empty()) {
      @Override
      public List<FileEntry> list(FilePath directory) {
        walking.countDown();
        return List.of(FileEntry.directory(directory.resolve("d")));
      }
    };
    Metadata headers =
        headers("dir-name", "context", "exclude-patterns", "d", "exclude-patterns", "!**/wanted");
    try (FakeReceiver receiver = call(endless, "DiffCopy", headers)) {
      assertThat(walking.await(60, TimeUnit.SECONDS)).isTrue();
      receiver.cancel();

      executor.shutdown();

      assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
