/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.export.Compression;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A daemon that dies in the middle of a solve: the caller learns it soon, and nothing stays behind. */
@IntegrationTest
class DaemonKilledIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final long MEBIBYTE = 1 << 20;

  @TempDir
  private Path directory;

  @Test
  void anUploadEnds() throws Exception {
    CountDownLatch midway = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    GeneratedFile file = GeneratedFile.of(1024 * MEBIBYTE, bytesRead -> {
      if (bytesRead >= 8 * MEBIBYTE) {
        midway.countDown();
        awaitQuietly(killed);
      }
    });

    assertGivesUp(
        SolveRequest.definition(State.local("src").marshal()).localDir("src", file), buildkitd -> {
          midway.await();
          buildkitd.kill();
          killed.countDown();
        });

    assertThat(file.open()).as("readers of the file").isZero();
    assertThat(file.bytesRead()).as("bytes read").isLessThan(512 * MEBIBYTE);
  }

  @Test
  void aCommandEnds() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    State run = State.image("busybox").run("echo started; sleep 300");

    assertGivesUp(
        SolveRequest.definition(run.marshal()).progress(status -> {
          if (!status.logs().isEmpty()) {
            started.countDown();
          }
        }),
        buildkitd -> {
          started.await();
          buildkitd.kill();
        });
  }

  @ParameterizedTest
  @EnumSource
  void nothingPartialAppears(Destination destination) throws Exception {
    assertChangesNothing(destination);
  }

  @ParameterizedTest
  @EnumSource
  void whatWasThereStays(Destination destination) throws Exception {
    destination.fill(directory);
    assertChangesNothing(destination);
  }

  private void assertChangesNothing(Destination destination) throws Exception {
    Map<Path, String> before = contents();
    Exec write = Exec.shell("dd if=/dev/zero of=/out/data bs=1 count=0 seek=256M")
        .addMount("/out", State.scratch());

    assertGivesUp(
        SolveRequest.definition(State.image("busybox").run(write).mount("/out").marshal())
            .export(destination.exporter(directory))
            .export(Exporter.tar(new UnfinishedExport())),
        buildkitd -> {
          await().pollInterval(Duration.ofMillis(5)).until(() -> bytes() > MEBIBYTE);
          buildkitd.kill();
        });

    assertThat(contents()).isEqualTo(before);
  }

  private static void assertGivesUp(SolveRequest.Builder request, Killer killer) throws Exception {
    try (PrivateBuildkitd buildkitd = PrivateBuildkitd.spawn();
        BuildKitClient client = buildkitd.connect()) {
      CompletableFuture<SolveResult> solve = client.solveAsync(request.build());
      killer.kill(buildkitd);

      Throwable thrown = catchThrowable(() -> solve.get(SOON.toSeconds(), SECONDS));

      assertThat(thrown).isInstanceOf(ExecutionException.class);
      assertThat(thrown.getCause())
          .isInstanceOfSatisfying(
              BuildKitException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE))
          .hasMessageContaining(buildkitd.address());
    }
  }

  private long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private Map<Path, String> contents() throws IOException {
    Map<Path, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      files.forEach(file -> contents.put(file, content(file)));
    }
    return contents;
  }

  private static String content(Path file) {
    try {
      return Files.isDirectory(file) ? "directory" : Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends a daemon when the time has come. */
  @FunctionalInterface
  private interface Killer {
    void kill(PrivateBuildkitd buildkitd) throws Exception;
  }

  /** Where an export goes. */
  enum Destination {
    OCI_FILE("image.tar"),
    TAR_FILE("files.tar"),
    DIRECTORY("files");

    private final String name;

    Destination(String name) {
      this.name = name;
    }

    Exporter exporter(Path directory) {
      Path place = directory.resolve(name);
      return switch (this) {
        case OCI_FILE -> Exporter.oci(place).compression(Compression.UNCOMPRESSED);
        case TAR_FILE -> Exporter.tar(place);
        case DIRECTORY -> Exporter.local(place);
      };
    }

    /** Puts something into the place of the export. */
    void fill(Path directory) throws IOException {
      Path place = directory.resolve(name);
      if (this == DIRECTORY) {
        Files.writeString(Files.createDirectory(place).resolve("data"), "before");
      } else {
        Files.writeString(place, "before");
      }
    }
  }
}
