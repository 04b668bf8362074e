/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.progress.SolveStatus;
import dev.buildkit.client.solve.CacheOptions;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.ExecState;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Go's client and this one write to one local cache at once, and neither removes what the other has yet to name. */
@IntegrationTest
@Requires({Capability.LOCAL_CACHE, Capability.BUILDCTL})
class LocalCacheLockIT {
  private static final Pattern DIGEST = Pattern.compile("\"digest\": ?\"sha256:([0-9a-f]{64})\"");

  @TempDir
  private Path cache;

  @Test
  void goKeepsWhatThisClientWrites(BuildKitClient client) throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    SolveRequest request = SolveRequest.definition(layers("busybox", 2))
        .exportCache(local("java"))
        .progress(status -> pauseAtTheEnd(status, written, goOn))
        .build();

    CompletableFuture<?> solve = client.solveAsync(request);
    assertThat(written.await(2, TimeUnit.MINUTES)).isTrue();
    List<Path> before = blobs();
    Command.Output go = Buildctl.ofSharedDaemon()
        .run(layers("alpine", 1).toByteArray(), arguments("go", ",reset=true"));
    List<Path> after = blobs();
    goOn.countDown();
    solve.get(2, TimeUnit.MINUTES);

    assertThat(before).isNotEmpty();
    assertThat(after).containsAll(before);
    assertThat(go.orFail().err()).contains("cache store is in use");
    assertEverythingIsThere("java", "go");
  }

  /** Another daemon, since one waits for a client that has stopped. */
  @Test
  void thisClientKeepsWhatGoWrites() throws Exception {
    Path graph = Files.createTempFile("graph", "");
    Files.write(graph, layers("busybox", 4).toByteArray());
    try (PrivateBuildkitd other = PrivateBuildkitd.spawn();
        BuildKitClient client = other.connect()) {
      writeWithGo(graph, client);
    } finally {
      Files.delete(graph);
    }
  }

  private void writeWithGo(Path graph, BuildKitClient client) throws Exception {
    Process go = new ProcessBuilder(Buildctl.ofSharedDaemon().words(arguments("go", "")))
        .redirectInput(graph.toFile())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(2))
          .until(() -> !blobs().isEmpty());
      signal(go, "STOP");
      List<Path> before = blobs();
      assertThat(cache.resolve("index.json")).doesNotExist();

      client.solve(SolveRequest.definition(layers("alpine", 1))
          .exportCache(local("java").attr("reset", "true"))
          .build());

      assertThat(blobs()).containsAll(before);
      signal(go, "CONT");
      assertThat(go.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(go.exitValue()).isZero();
      assertEverythingIsThere("java", "go");

      // With nobody else there, all goes that has no name.
      Path replaced = manifest("java");
      assertThat(replaced).exists();
      client.solve(SolveRequest.definition(layers("alpine", 1))
          .exportCache(local("java").attr("reset", "true"))
          .build());
      assertThat(replaced).doesNotExist();
      assertEverythingIsThere("java", "go");
    } finally {
      signal(go, "CONT");
      go.destroyForcibly();
    }
  }

  private static void signal(Process process, String name) {
    if (process.isAlive()) {
      var unused = Command.run("sh", "-c", "kill -s " + name + " " + process.pid());
    }
  }

  /** The client names the cache when all progress is told. */
  private static void pauseAtTheEnd(
      SolveStatus status, CountDownLatch written, CountDownLatch goOn) {
    boolean end = status.statuses().stream().anyMatch(it -> it.id().startsWith("writing config"));
    if (end) {
      written.countDown();
      try {
        assertThat(goOn.await(2, TimeUnit.MINUTES)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private CacheOptions local(String tag) {
    return CacheOptions.local(cache).attr("mode", "max").attr("tag", tag);
  }

  private String[] arguments(String tag, String more) {
    return new String[] {
      "build",
      "--progress=plain",
      "--export-cache",
      "type=local,mode=max,tag=" + tag + ",dest=" + cache + more
    };
  }

  /** Returns a graph of layers which take a moment to write. */
  private static Definition layers(String image, int count) {
    State state = State.image(image);
    for (int i = 0; i < count; i++) {
      ExecState next =
          state.run(Exec.shell("dd if=/dev/urandom of=/" + UUID.randomUUID() + " bs=1M count=16"));
      state = next.root();
    }
    return state.marshal();
  }

  private List<Path> blobs() throws IOException {
    Path folder = cache.resolve("blobs/sha256");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** Returns the blob that the index names by a tag. */
  private Path manifest(String tag) throws IOException {
    for (JsonNode it :
        new ObjectMapper().readTree(cache.resolve("index.json").toFile()).path("manifests")) {
      if (it.path("annotations")
          .path("org.opencontainers.image.ref.name")
          .asText()
          .equals(tag)) {
        String digest = it.path("digest").asText();
        return cache.resolve("blobs").resolve(digest.replace(':', '/'));
      }
    }
    throw new AssertionError("no " + tag);
  }

  private void assertEverythingIsThere(String... tags) throws IOException {
    String index = Files.readString(cache.resolve("index.json"));
    assertThat(index).contains(tags);
    for (String manifest : digests(index)) {
      Path file = cache.resolve("blobs/sha256").resolve(manifest);
      assertThat(file).exists();
      for (String child : digests(Files.readString(file))) {
        assertThat(cache.resolve("blobs/sha256").resolve(child)).exists();
      }
    }
  }

  private static List<String> digests(String json) {
    return DIGEST
        .matcher(json)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
