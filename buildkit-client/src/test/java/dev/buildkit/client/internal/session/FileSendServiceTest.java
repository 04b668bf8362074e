/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.buildkit.client.internal.fsutil.FakeSender;
import dev.buildkit.client.internal.fsutil.Packet;
import dev.buildkit.client.internal.fsutil.Stats;
import io.grpc.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(
    value = 120,
    threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // no interrupt ends a wait for a lock
class FileSendServiceTest {
  private static final String ID = "buildkit-attachable-exporter-id";
  private static final String MULTI_PLATFORM = "buildkit-exporter-multi-platform";

  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir
  Path temporary;

  @Test
  void bytesReachTheSinkOfTheirExporter() throws Exception {
    FakeSink first = new FakeSink();
    FakeSink second = new FakeSink();
    ReceivedExports exports = bytes(first, second);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      FakeCall call = daemon.call(
          ID, "1", "exporter-md-image.name", "app", "exporter-md-image.name", "other", "x", "y");
      call.bytes("hello ".getBytes(UTF_8)).bytes(new byte[0]).bytes("world".getBytes(UTF_8));
      assertThat(call.finish()).matches(Status::isOk);
      assertThat(second.bytes.toString(UTF_8)).isEqualTo("hello world");
      assertThat(second.events).containsExactly("open {image.name=app,other}", "close");
      assertThat(first.events).isEmpty();
    }
  }

  @Test
  void aDaemonThatSendsNoIdMeansTheFirstExporter() throws Exception {
    FakeSink sink = new FakeSink();
    ReceivedExports exports = bytes(sink);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      assertThat(daemon.call().bytes(new byte[3_000_000]).finish()).matches(Status::isOk);
    }
    exports.commitAll();
    exports.discardAll();

    assertThat(sink.bytes.size()).isEqualTo(3_000_000);
    assertThat(sink.events).containsExactly("open {}", "close", "commit");
  }

  @Test
  void anUnknownExporterIsRefused() throws Exception {
    try (FakeDaemon daemon = new FakeDaemon(bytes(new FakeSink()))) {
      Status status = daemon.call(ID, "3").status();

      assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(status.getDescription()).isEqualTo("exporter 3 not found");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "write", "close"})
  void aSinkThatFailsMakesTheCallFailAndIsTheCause(String failAt) throws Exception {
    FakeSink sink = new FakeSink(failAt);
    ReceivedExports exports = bytes(sink);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      Status status = daemon.call().bytes(new byte[1]).finish();

      assertThat(status.getDescription()).isEqualTo("export to sink0: No space left on device");
    }
    exports.discardAll();

    assertThat(exports.failure())
        .hasValueSatisfying(
            failure -> assertThat(failure).hasMessage("export to sink0: No space left on device"));
    assertThat(sink.events.contains("discard")).isEqualTo(!failAt.equals("open"));
  }

  @Test
  void aCommitThatFailsDiscardsTheExportsThatFollow() throws Exception {
    FakeSink first = new FakeSink("commit");
    FakeSink second = new FakeSink();
    ReceivedExports exports = bytes(first, second);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      assertThat(daemon.call(ID, "0").finish()).matches(Status::isOk);
      assertThat(daemon.call(ID, "1").finish()).matches(Status::isOk);
    }

    assertThatThrownBy(exports::commitAll)
        .isInstanceOf(IOException.class)
        .hasMessage("export to sink0: No space left on device");
    assertThat(second.events).containsExactly("open {}", "close", "discard");
  }

  @Test
  void renamesComeAfterCommitsThatMayFail() throws Exception {
    FakeSink file = new FakeSink().asRename();
    Path out = temporary.resolve("out");
    FakeSink engine = new FakeSink("commit");
    ReceivedExports exports = ReceivedExports.builder()
        .addBytes(0, "file", file)
        .addDirectory(1, out, false)
        .addBytes(2, "engine", engine)
        .build();
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      assertThat(daemon.call(ID, "0").finish()).matches(Status::isOk);
      assertThat(daemon.call(ID, "2").finish()).matches(Status::isOk);
    }

    assertThatThrownBy(exports::commitAll).hasMessage("export to engine: No space left on device");
    assertThat(file.events).containsExactly("open {}", "close", "discard");
    assertThat(out).doesNotExist();
  }

  @Test
  void aCommitThatHangsKeepsNoOtherExport() throws Exception {
    CountDownLatch committing = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    FakeSink hanging = new FakeSink().beforeCommit(() -> {
      committing.countDown();
      awaitQuietly(released);
    });
    FakeSink other = new FakeSink();
    ReceivedExports exports = bytes(hanging, other);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      assertThat(daemon.call(ID, "0").finish()).matches(Status::isOk);
      assertThat(daemon.call(ID, "1").finish()).matches(Status::isOk);
    }
    FutureTask<Boolean> commit = new FutureTask<>(() -> {
      exports.commitAll();
      return true;
    });
    new Thread(commit, "committer").start();
    committing.await();
    exports.discardAll();
    assertThat(other.events).containsExactly("open {}", "close", "discard");
    released.countDown();
    assertThat(commit.get()).isTrue();

    assertThat(hanging.events).containsExactly("open {}", "close", "commit");
    assertThat(other.events).containsExactly("open {}", "close", "discard");
  }

  @Test
  void whatDidNotComeWholeIsNotCommitted() throws Exception {
    FakeSink sink = new FakeSink();
    ReceivedExports exports = bytes(sink);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      FakeCall call = daemon.call().bytes(new byte[1]);
      await().until(() -> sink.bytes.size() == 1);
      call.cancel();
      await().until(() -> sink.events.contains("close"));
    }

    assertThatThrownBy(exports::commitAll)
        .hasMessage("export to sink0: the solve ended, but the daemon did not send everything");
    assertThat(sink.events).containsExactly("open {}", "close", "discard");
    assertThat(exports.failure()).as("the daemon's doing").isEmpty();
  }

  @Test
  void whatNeverCameIsNotCommitted() {
    FakeSink sink = new FakeSink();

    assertThatThrownBy(bytes(sink)::commitAll)
        .hasMessage("export to sink0: the solve ended, but the daemon did not send everything");
    assertThat(sink.events).isEmpty();
  }

  @Test
  void callsAfterTheEndOfTheSolveAreRefused() throws Exception {
    ReceivedExports exports = bytes(new FakeSink());
    exports.discardAll();
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      assertThat(daemon.call().status().getCode()).isEqualTo(Status.Code.CANCELLED);
    }
  }

  @Test
  void aCallThatIsUnderWayEndsWhenItsExportIsDiscarded() throws Exception {
    FakeSink sink = new FakeSink();
    ReceivedExports exports = bytes(sink);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      FakeCall call = daemon.call().bytes(new byte[1]);
      await().until(() -> sink.bytes.size() == 1);
      exports.discardAll();
      assertThat(sink.events).containsExactly("open {}", "close", "discard");

      assertThat(call.bytes(new byte[1]).status().getCode()).isEqualTo(Status.Code.CANCELLED);
    }
    assertThat(sink.bytes.size()).isEqualTo(1);
    assertThat(exports.failure()).isEmpty();
  }

  @Test
  void aSlowSinkStopsTheDaemon() throws Exception {
    int messages = 1_024;
    SlowSink sink = new SlowSink();
    ReceivedExports exports =
        ReceivedExports.builder().addBytes(0, "slow", sink).build();
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      FakeCall call = daemon.call();
      AtomicInteger sent = new AtomicInteger();
      CompletableFuture<Status> sender = CompletableFuture.supplyAsync(() -> {
        for (int i = 0; i < messages; i++) {
          call.bytes(new byte[64 * 1024]);
          sent.incrementAndGet();
        }
        return call.finish();
      });
      await().during(Duration.ofMillis(300)).until(() -> !sender.isDone() && !call.isReady());
      assertThat(sent).hasValueLessThan(messages / 2);
      sink.release();

      assertThat(sender.get(60, SECONDS)).matches(Status::isOk);
      assertThat(sink.size()).isEqualTo(messages * 64L * 1024);
    }
  }

  @Test
  void aSinkThatBlocksForEverDoesNotHoldUpTheDiscardForEver() throws Exception {
    SlowSink sink = new SlowSink();
    ReceivedExports exports = impatient(sink);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      daemon.call().bytes(new byte[1]);
      await().until(sink::isWriting);
      Thread.currentThread().interrupt();
      exports.discardAll();
      assertThat(Thread.interrupted()).as("an interrupt stays set").isTrue();
      sink.release();
    }
  }

  @Test
  void aSinkThatLetsGoLateIsDiscardedAfterAll() throws Exception {
    SlowSink sink = new SlowSink();
    ReceivedExports exports = impatient(sink);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      daemon.call().bytes(new byte[1]);
      await().atMost(LONG).until(sink::isWriting);
      exports.discardAll();
      assertThat(sink.events).isEmpty();
      sink.release();
    }
    assertThat(sink.events).containsExactly("discard");
  }

  @Test
  void aSinkThatStillWritesAtTheCommitIsDiscardedAfterAll() throws Exception {
    SlowSink sink = new SlowSink();
    ReceivedExports exports = impatient(sink);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      daemon.call().bytes(new byte[1]);
      await().atMost(LONG).until(sink::isWriting);
      assertThatThrownBy(exports::commitAll)
          .hasMessage("export to slow: the solve ended, but the target still takes bytes");
      sink.release();
    }
    exports.discardAll();
    assertThat(sink.events).containsExactly("discard");
  }

  @Test
  void aSinkThatBlocksWhileItOpensDoesNotHoldUpTheDiscard() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    FakeSink sink = new FakeSink();
    ReceivedExports exports = impatient(sink.beforeOpen(() -> {
      opening.countDown();
      awaitQuietly(released);
    }));
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      FakeCall call = daemon.call();
      opening.await();
      exports.discardAll();
      released.countDown();
      assertThat(call.bytes(new byte[1]).status().getCode()).isEqualTo(Status.Code.CANCELLED);
    }
    assertThat(sink.events).containsExactly("open {}", "close", "discard");
    assertThat(exports.failure()).isEmpty();
  }

  @Test
  void filesReachTheirDirectory() throws Exception {
    Path out = temporary.resolve("out");
    byte[] content = new byte[5_000_000];
    new Random(1).nextBytes(content);
    FakeSender sender = new FakeSender()
        .add(Stats.directory("d"))
        .add(Stats.file("d/big"), content)
        .add(Stats.file("d/empty"))
        .add(Stats.hardLink("link", "d/big"));
    ReceivedExports exports = directory(out, false);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      FakeCall call = daemon.call(ID, "0");
      call.tree(sender);
      assertThat(call.status()).matches(Status::isOk);
    }
    assertThat(out).doesNotExist();
    exports.commitAll();

    assertThat(out.resolve("d/big")).hasBinaryContent(content);
    assertThat(out.resolve("link")).hasBinaryContent(content);
    assertThat(out.resolve("d/empty")).isEmptyFile();
    assertThat(names(temporary)).containsExactly("out");
  }

  @Test
  void thousandsOfSmallFilesReachTheirDirectory() throws Exception {
    int files = 5_000;
    FakeSender sender = new FakeSender();
    for (int i = 0; i < files; i++) {
      sender.add(Stats.file(String.format("f%05d", i)), "content " + i);
    }
    ReceivedExports exports = directory(temporary.resolve("out"), false);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      FakeCall call = daemon.call();
      call.tree(sender);
      assertThat(call.status()).matches(Status::isOk);
    }
    exports.commitAll();

    assertThat(names(temporary.resolve("out"))).hasSize(files);
    assertThat(temporary.resolve("out/f04711")).hasContent("content 4711");
  }

  @Test
  void platformsComeInCallsAtTheSameTime() throws Exception {
    Path out = Files.createDirectory(temporary.resolve("out"));
    ReceivedExports exports = directory(out, false);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      FakeCall one = daemon.call();
      FakeCall two = daemon.call();
      one.packet(new Packet.Entry(Stats.directory("linux_amd64")));
      two.packet(new Packet.Entry(Stats.directory("linux_arm64")));
      two.packet(new Packet.EndOfEntries()).packet(two.answer());
      one.packet(new Packet.EndOfEntries()).packet(one.answer());
      assertThat(List.of(one.status(), two.status())).allMatch(Status::isOk);
    }
    exports.commitAll();

    assertThat(names(out)).containsExactly("linux_amd64", "linux_arm64");
  }

  @Test
  void aCancelAfterTheFinIsNoFailure() throws Exception {
    Path out = temporary.resolve("out");
    ReceivedExports exports = directory(out, false);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      FakeCall call = daemon.call();
      call.packet(new Packet.Entry(Stats.file("f")));
      assertThat(call.answer()).isEqualTo(new Packet.Request(0));
      call.packet(end(0)).packet(new Packet.EndOfEntries());
      assertThat(call.answer()).isEqualTo(new Packet.Finish());
      call.cancel();
    }
    exports.commitAll();

    assertThat(exports.failure()).isEmpty();
    assertThat(names(out)).containsExactly("f");
  }

  @Test
  void aTransferThatBreaksOffLeavesNothing() throws Exception {
    Path out = Files.createDirectory(temporary.resolve("out"));
    ReceivedExports exports = directory(out, false);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      FakeCall call = daemon.call();
      call.packet(new Packet.Entry(Stats.file("f")));
      assertThat(call.answer()).isEqualTo(new Packet.Request(0));
      call.packet(new Packet.Data(0, ByteBuffer.wrap(new byte[100_000])));
      await().until(() -> sizeOfHidden(out) == 100_000);
      call.cancel();
      exports.discardAll();
    }

    assertThat(out).isEmptyDirectory();
  }

  @Test
  void aHostileEntryIsToldInAPacketAndInTheStatus() throws Exception {
    Path out = temporary.resolve("out");
    String message = "export to " + out + ": the path \"../f\" is not relative and clean";
    ReceivedExports exports = directory(out, false);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      FakeCall call = daemon.call().packet(new Packet.Entry(Stats.file("../f")));

      assertThat(call.answer()).isEqualTo(new Packet.Failure(message));
      assertThat(call.status().getDescription()).isEqualTo(message);
    }
    exports.discardAll();

    assertThat(exports.failure()).hasValueSatisfying(e -> assertThat(e).hasMessage(message));
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void anEarlyEndOfTheCallIsAFailure() throws Exception {
    ReceivedExports exports = directory(temporary.resolve("out"), false);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      assertThat(daemon.call().finish().getDescription())
          .isEqualTo("export to " + temporary.resolve("out")
              + ": the daemon ended the call before all files had come");
    }
    exports.discardAll();
  }

  @Test
  void deleteModeNeedsADaemonThatSendsAllPlatformsAtOnce() throws Exception {
    Path out = Files.createDirectory(temporary.resolve("out"));
    Files.createFile(out.resolve("stale"));
    ReceivedExports exports = directory(out, true);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      assertThat(daemon.call().status().getDescription())
          .isEqualTo("export to " + out + ": the daemon cannot delete what is not in the result;"
              + " it needs BuildKit 0.31 or later");
    }
    exports.discardAll();

    assertThat(names(out)).containsExactly("stale");
  }

  @Test
  void deleteModeMirrors() throws Exception {
    Path out = Files.createDirectory(temporary.resolve("out"));
    Files.createFile(out.resolve("stale"));
    ReceivedExports exports = directory(out, true);
    try (FakeDaemon daemon = new FakeDaemon(exports)) {
      FakeCall call = daemon.call(MULTI_PLATFORM, "1");
      call.tree(new FakeSender().add(Stats.file("f"), "x"));
      assertThat(call.status()).matches(Status::isOk);
    }
    exports.commitAll();

    assertThat(names(out)).containsExactly("f");
  }

  @Test
  void aResultWithoutAnyFileIsAnEmptyDirectory() throws Exception {
    directory(temporary.resolve("a/out"), false).commitAll();

    assertThat(temporary.resolve("a/out")).isEmptyDirectory();
  }

  private static ReceivedExports bytes(FakeSink... sinks) {
    ReceivedExports.Builder builder = ReceivedExports.builder();
    for (int i = 0; i < sinks.length; i++) {
      builder.addBytes(i, "sink" + i, sinks[i]);
    }
    return builder.build();
  }

  private static ReceivedExports impatient(ByteSink sink) {
    return ReceivedExports.builder()
        .addBytes(0, "slow", sink)
        .writeLimit(Duration.ofMillis(50))
        .build();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static ReceivedExports directory(Path destination, boolean mirror) {
    return ReceivedExports.builder().addDirectory(0, destination, mirror).build();
  }

  private static Packet end(int id) {
    return new Packet.Data(id, ByteBuffer.allocate(0));
  }

  private static long sizeOfHidden(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }
}
