/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.buildkit.client.internal.session.Flock.Mode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The locks of caches and indexes are those of {@code flock(1)}, which stands for another program here. */
@EnabledOnOs(OS.LINUX)
class CacheLockTest {
  /** Not the common pool: it may have a single thread, for which a task that waits is one too many. */
  private static final Executor OWN_THREAD = task -> new Thread(task).start();

  @TempDir
  private Path directory;

  @Test
  void sharedLocksKeepOthersFromHavingItAlone() throws Exception {
    CacheLock one = CacheLock.of(directory);
    CacheLock two = CacheLock.of(directory);
    one.share();
    two.share();
    two.share();

    assertThat(isFree("-s")).isTrue();
    assertThat(isFree("-x")).isFalse();
    one.close();
    assertThat(isFree("-x")).isFalse();
    assertThatThrownBy(() -> one.alone(() -> {})).hasMessage("others use it");
    two.close();
    assertThat(isFree("-x")).isTrue();
    assertThat(directory.resolve("cache.lock")).isEmptyFile();
  }

  @Test
  void nobodySharesItWhileSomebodyHasItAlone() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    CacheLock waiting = CacheLock.of(directory);

    CacheLock.of(directory).alone(() -> {
      CompletableFuture<Void> shared = CompletableFuture.runAsync(() -> share(waiting), OWN_THREAD);
      assertThat(isFree("-s")).isFalse();
      assertThat(shared).isNotDone();
      waiting.close();
      assertThatThrownBy(() -> shared.get(1, TimeUnit.MINUTES))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("the solve is over");
      done.set(true);
    });

    assertThat(done).isTrue();
    assertThat(isFree("-x")).isTrue();
  }

  @Test
  void whoWaitsGetsItInTheEnd() throws Exception {
    CacheLock waiting = CacheLock.of(directory);
    CompletableFuture<?>[] shared = new CompletableFuture<?>[1];

    CacheLock.of(directory).alone(() -> {
      shared[0] = CompletableFuture.runAsync(() -> share(waiting), OWN_THREAD);
      assertThat(isFree("-s")).isFalse();
    });

    shared[0].get(1, TimeUnit.MINUTES);
    assertThat(isFree("-x")).isFalse();
    waiting.close();
  }

  /** Also before the daemon learns that it need not send a blob. */
  @Test
  void theFirstBlobTakesTheLock() throws Exception {
    OciLayout layout = OciLayout.make(directory);
    Path blob = layout.placeOf("sha256:" + "a".repeat(64));
    Files.writeString(blob, "{}");

    try (CacheLock lock = layout.lock()) {
      Ingests ingests = new Ingests(layout, Optional.of(lock));
      assertThat(directory.resolve("cache.lock")).doesNotExist();

      assertThatThrownBy(() -> ingests.begin("ref", "sha256:" + "a".repeat(64)))
          .hasMessageContaining("ALREADY_EXISTS");
      assertThat(isFree("-x")).isFalse();
    }
    assertThat(isFree("-x")).isTrue();
  }

  @Test
  void withoutTheProgramThereIsNoLock() {
    assertThatThrownBy(() -> attempt("no-such-flock"))
        .isInstanceOf(NoFlockException.class)
        .hasMessageContaining("no-such-flock");
    assertThat(directory).isEmptyDirectory();
  }

  /** As of the dynamic linker, or of a shell whose locale is not installed. */
  @Test
  void warningsAreNoAnswer() throws Exception {
    String program = program("echo 'warning: no such locale' >&2; exec flock \"$@\"");

    try (Flock lock = attempt(program).orElseThrow()) {
      assertThat(isFree("file", "-s")).isFalse();
      assertThat(attempt(program)).isEmpty();
      assertThat(lock).isNotNull();
    }
    assertThat(isFree("file", "-x")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "echo 'flock: No locks available' >&2; exit 1, flock: No locks available",
    "echo 'flock: 9: Input/output error' >&2; exit 71, flock: 9: Input/output error",
    "exit 71, flock: exit code 71"
  })
  void aFailureIsNotTheAbsenceOfTheProgram(String script, String reason) throws Exception {
    String program = program(script);

    assertThatThrownBy(() -> attempt(program))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(reason);
  }

  @Test
  void aFailureIsLoggedAndKeepsAllBlobs() throws Exception {
    PrintStream err = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, UTF_8));
    try (CacheLock lock = CacheLock.of(directory.resolve("none"))) {
      lock.share();
      GoIndexLock.take(directory.resolve("none/index.json")).close();

      assertThatThrownBy(() -> lock.alone(() -> {}))
          .hasMessageStartingWith("others may use it, as cache.lock cannot be locked: ")
          .hasMessageNotContaining("install");
    } finally {
      System.setErr(err);
    }
    assertThat(written.toString(UTF_8).lines().filter(line -> line.contains("cannot lock")))
        .hasSize(2)
        .allMatch(line -> line.contains("WARN") && !line.contains("install"));
  }

  /** Also on a dead network mount. */
  @Test
  void anAttemptEndsInTime() throws Exception {
    fifo("file");

    assertThatThrownBy(() -> attempt("flock"))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("no answer within 1 seconds");
  }

  @Test
  void closingDoesNotWaitForAnAttempt() throws Exception {
    Path fifo = fifo("cache.lock");
    CacheLock lock = CacheLock.of(directory);
    List<ProcessHandle> others = children();
    CompletableFuture<Void> shared = CompletableFuture.runAsync(() -> share(lock), OWN_THREAD);
    await().until(() -> !others.containsAll(children()));

    CompletableFuture.runAsync(lock::close, OWN_THREAD).get(1, TimeUnit.MINUTES);
    assertThat(shared).isNotDone();

    assertThat(new ProcessBuilder("sh", "-c", ": <>\"$1\"", "sh", fifo.toString())
            .start()
            .waitFor())
        .isZero();
    assertThatThrownBy(() -> shared.get(1, TimeUnit.MINUTES))
        .hasMessageContaining("the solve is over");
    await().until(() -> others.containsAll(children()));
  }

  @Test
  void theNamesOfFilesAreNoCode() throws Exception {
    Path file = directory.resolve("a b'\"$(touch x)`touch x`;ä");

    try (Flock lock = Flock.attempt(file, Mode.EXCLUSIVE).orElseThrow()) {
      assertThat(Flock.attempt(file, Mode.SHARED)).isEmpty();
      assertThat(lock).isNotNull();
    }
    assertThat(directory.toFile().list()).containsExactly("a b'\"$(touch x)`touch x`;ä");
  }

  /** Go's client removes the file with its lock, so that what was locked may be another file by then. */
  @Test
  void aLockOfAFileThatWasReplacedIsNone() throws Exception {
    Path file = directory.resolve("file");
    String slow = program("rm '" + file + "'; : >'" + file + "'; exec flock \"$@\"");

    assertThat(attempt(slow)).isEmpty();
  }

  @Test
  void theFileOfAnIndexLockGoesWithIt() throws Exception {
    Path index = directory.resolve("index.json");
    Path file = directory.resolve("index.json.lock");

    GoIndexLock lock = GoIndexLock.take(index);
    assertThat(file).exists();
    assertThat(Flock.attempt(file, Mode.EXCLUSIVE)).isEmpty();
    lock.close();

    assertThat(file).doesNotExist();
  }

  @Test
  void anIndexLockIsReleasedAlsoIfItsFileCannotBeDeleted() throws Exception {
    Path file = directory.resolve("index.json.lock");
    GoIndexLock lock = GoIndexLock.take(directory.resolve("index.json"));
    Files.createLink(directory.resolve("link"), file);
    Files.delete(file);
    Files.createDirectories(file.resolve("full"));
    assertThat(isFree("link", "-s")).isFalse();

    lock.close();

    assertThat(isFree("link", "-x")).isTrue();
  }

  @Test
  void anIndexThatIsLockedForLongIsNotWaitedFor() throws Exception {
    Path file = directory.resolve("index.json.lock");

    try (Flock other = Flock.attempt(file, Mode.EXCLUSIVE).orElseThrow()) {
      assertThatThrownBy(
              () -> GoIndexLock.take(directory.resolve("index.json"), Duration.ofMillis(1)))
          .hasMessage("another program keeps " + file + " locked; end it, and solve again");
      assertThat(other).isNotNull();
    }
  }

  @Test
  void aBusyLayoutStopsNoOther() throws Exception {
    OciLayout busy = OciLayout.make(directory.resolve("busy"));
    OciLayout free = OciLayout.make(directory.resolve("free"));
    String digest = "sha256:" + "a".repeat(64);
    Files.writeString(busy.placeOf(digest), "{}");
    Files.writeString(free.placeOf(digest), "{}");
    Path file = directory.resolve("busy/index.json.lock");
    CompletableFuture<Void> first;

    try (Flock other = Flock.attempt(file, Mode.EXCLUSIVE).orElseThrow()) {
      first = CompletableFuture.runAsync(() -> put(busy, digest), OWN_THREAD);
      await().until(() -> Files.exists(directory.resolve("busy/oci-layout")));
      CompletableFuture.runAsync(() -> put(free, digest), OWN_THREAD).get(1, TimeUnit.MINUTES);
      assertThat(first).isNotDone();

      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> busy.put(descriptor(digest), OciLabel.tag("latest")))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(other).isNotNull();
    }
    first.get(1, TimeUnit.MINUTES);
  }

  @Test
  void theIndexIsWrittenWhenNobodyElseWritesIt() throws Exception {
    OciLayout layout = OciLayout.make(directory);
    String digest = "sha256:" + "a".repeat(64);
    Files.createDirectories(directory.resolve("blobs/sha256"));
    Files.writeString(directory.resolve("blobs/sha256").resolve("a".repeat(64)), "{}");
    CompletableFuture<Void> put;

    try (Flock other =
        Flock.attempt(directory.resolve("index.json.lock"), Mode.EXCLUSIVE).orElseThrow()) {
      put = CompletableFuture.runAsync(() -> put(layout, digest), OWN_THREAD);
      assertThat(isFree("index.json.lock", "-s")).isFalse();
      assertThat(directory.resolve("index.json")).doesNotExist();
      assertThat(other).isNotNull();
    }

    put.get(1, TimeUnit.MINUTES);
    assertThat(directory.resolve("index.json")).content().contains(digest);
    assertThat(directory.resolve("index.json.lock")).doesNotExist();
  }

  private static void put(OciLayout layout, String digest) {
    try {
      layout.put(descriptor(digest), OciLabel.tag("latest"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String descriptor(String digest) {
    return "{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"" + digest
        + "\",\"size\":2}";
  }

  private Optional<Flock> attempt(String program) throws IOException {
    return Flock.attempt(program, directory.resolve("file"), Mode.EXCLUSIVE, Duration.ofSeconds(1));
  }

  /** Returns a program in place of {@code flock}. */
  private String program(String script) throws IOException {
    Path file = directory.resolve("my-flock");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }

  private static List<ProcessHandle> children() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
  }

  private Path fifo(String name) throws Exception {
    Path fifo = directory.resolve(name);
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    return fifo;
  }

  private static void share(CacheLock lock) {
    try {
      lock.share();
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private boolean isFree(String mode) throws IOException {
    return isFree("cache.lock", mode);
  }

  private boolean isFree(String file, String mode) throws IOException {
    try {
      return new ProcessBuilder("flock", "-n", mode, directory.resolve(file).toString(), "true")
              .start()
              .waitFor()
          == 0;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
