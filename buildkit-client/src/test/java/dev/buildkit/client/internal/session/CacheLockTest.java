/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.internal.session.Flock.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The locks of caches and indexes are those of {@code flock(1)}, which stands for another program here. */
@EnabledOnOs(OS.LINUX)
class CacheLockTest {
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
      CompletableFuture<Void> shared = CompletableFuture.runAsync(() -> share(waiting));
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
      shared[0] = CompletableFuture.runAsync(() -> share(waiting));
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
    assertThatThrownBy(() -> Flock.attempt("no-such-flock", directory.resolve("file"), Mode.SHARED))
        .isInstanceOf(NoFlockException.class)
        .hasMessageContaining("no-such-flock");
    assertThatThrownBy(() -> Flock.attempt(directory.resolve("none/file"), Mode.SHARED))
        .isInstanceOf(NoFlockException.class);
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
    Path slow = directory.resolve("slow-flock");
    Files.writeString(slow, "#!/bin/sh\nrm '" + file + "'\n: >'" + file + "'\nexec flock \"$@\"\n");
    Files.setPosixFilePermissions(slow, PosixFilePermissions.fromString("rwx------"));

    assertThat(Flock.attempt(slow.toString(), file, Mode.EXCLUSIVE)).isEmpty();
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
  void theIndexIsWrittenWhenNobodyElseWritesIt() throws Exception {
    OciLayout layout = OciLayout.make(directory);
    String digest = "sha256:" + "a".repeat(64);
    Files.createDirectories(directory.resolve("blobs/sha256"));
    Files.writeString(directory.resolve("blobs/sha256").resolve("a".repeat(64)), "{}");
    CompletableFuture<Void> put;

    try (Flock other =
        Flock.attempt(directory.resolve("index.json.lock"), Mode.EXCLUSIVE).orElseThrow()) {
      put = CompletableFuture.runAsync(() -> put(layout, digest));
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
      layout.put(
          "{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"" + digest
              + "\",\"size\":2}",
          OciLabel.tag("latest"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
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
