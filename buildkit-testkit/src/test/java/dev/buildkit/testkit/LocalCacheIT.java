/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.solve.CacheOptions;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache of one daemon, in a directory of this machine, saves another daemon the work. */
@IntegrationTest
@Requires(Capability.LOCAL_CACHE)
class LocalCacheIT {
  private final State state = built(UUID.randomUUID().toString());

  @TempDir
  private Path directory;

  @Test
  void anotherDaemonFindsTheSteps(BuildKitClient client) throws Exception {
    Path cache = directory.resolve("new/cäche 1%");
    client.solve(export(state, CacheOptions.local(cache).attr("mode", "max")));

    try (PrivateBuildkitd other = PrivateBuildkitd.spawn();
        BuildKitClient otherClient = BuildKitClient.connect(other.address())) {
      assertThat(isCached(otherClient, CacheOptions.local(cache))).isTrue();
    }
  }

  @Test
  void aCacheMayBeAnIndex(BuildKitClient client) throws Exception {
    CacheOptions cache = CacheOptions.local(directory).attr("image-manifest", "false");
    client.solve(export(state, cache.attr("mode", "max")));

    JsonNode index = new ObjectMapper().readTree(directory.resolve("index.json").toFile());
    assertThat(index.at("/manifests/0/mediaType").asText())
        .isEqualTo("application/vnd.oci.image.index.v1+json");
    assertThat(isCached(client, CacheOptions.local(directory))).isTrue();
  }

  @Test
  void dockerfilesFindThemToo(BuildKitClient client) throws Exception {
    Path cache = directory.resolve("cache");
    String dockerfile = "FROM busybox\nRUN echo " + UUID.randomUUID() + " > /text\n";
    client.solve(Builds.dockerfile(dockerfile, directory)
        .exportCache(CacheOptions.local(cache).attr("tag", "mine"))
        .build());

    try (PrivateBuildkitd other = PrivateBuildkitd.spawn();
        BuildKitClient otherClient = BuildKitClient.connect(other.address())) {
      assertThat(isCached(
              otherClient,
              Builds.dockerfile(dockerfile, directory)
                  .importCache(CacheOptions.local(cache).attr("tag", "mine"))))
          .isTrue();
    }
  }

  @Test
  void aCacheThatIsNotThereIsLeftOut(BuildKitClient client) throws Exception {
    assertThat(isCached(client, CacheOptions.local(directory.resolve("none")))).isFalse();
    assertThat(isCached(client, CacheOptions.local(directory))).isTrue();
  }

  @Test
  void aResetRemovesWhatEarlierBuildsLeft(BuildKitClient client) throws Exception {
    CacheOptions cache = CacheOptions.local(directory).attr("mode", "max");
    client.solve(export(built(UUID.randomUUID().toString()), cache));
    client.solve(export(state, cache));
    long both = blobs();

    client.solve(export(state, cache.attr("reset", "true")));

    assertThat(blobs()).isLessThan(both);
    assertThat(isCached(client, CacheOptions.local(directory))).isTrue();
  }

  private long blobs() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("blobs/sha256"))) {
      return files.count();
    }
  }

  private static State built(String text) {
    return State.image("busybox").run(Exec.shell("echo " + text + " > /text")).root();
  }

  private static SolveRequest export(State state, CacheOptions cache) {
    return SolveRequest.definition(state.marshal()).exportCache(cache).build();
  }

  private boolean isCached(BuildKitClient client, CacheOptions cache) throws Exception {
    return isCached(client, SolveRequest.definition(state.marshal()).importCache(cache));
  }

  /** Returns whether the command of a build did not run. */
  private static boolean isCached(BuildKitClient client, SolveRequest.Builder request)
      throws Exception {
    AtomicBoolean cached = new AtomicBoolean();
    client.solve(request
        .progress(status -> status.vertexes().stream()
            .filter(vertex -> vertex.name().contains("echo") && vertex.cached())
            .forEach(vertex -> cached.set(true)))
        .build());
    return cached.get();
  }
}
