/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.progress.Vertex;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.State;
import dev.buildkit.llb.graph.Graph;
import dev.buildkit.llb.graph.SourceOp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A graph from Java is to a daemon the same as if {@code buildctl} had sent it, step by step. */
@IntegrationTest
@Requires(Capability.BUILDCTL)
class SameDigestsIT {
  private static final Pattern VERTEX =
      Pattern.compile("\\{\"digest\":\"([^\"]+)\"((?:[^{}\"]|\"(?:[^\"\\\\]|\\\\.)*\")*)}");

  /** An image and four steps that no solve before has cached. */
  private final Definition definition = graph(UUID.randomUUID().toString());

  @Test
  void buildctlFindsWhatJavaCached(BuildKitClient client) throws Exception {
    Map<String, Boolean> fromJava = solve(client);
    Map<String, Boolean> fromBuildctl = buildctl();

    assertThat(fromBuildctl.keySet()).isEqualTo(fromJava.keySet());
    assertNothingWasCached(fromJava);
    assertAllWasCached(fromBuildctl);
  }

  @Test
  void javaFindsWhatBuildctlCached(BuildKitClient client) throws Exception {
    Map<String, Boolean> fromBuildctl = buildctl();
    Map<String, Boolean> fromJava = solve(client);

    assertThat(fromJava.keySet()).isEqualTo(fromBuildctl.keySet());
    assertNothingWasCached(fromBuildctl);
    assertAllWasCached(fromJava);
  }

  private static void assertNothingWasCached(Map<String, Boolean> steps) {
    assertThat(steps).hasSize(4).values().containsOnly(false);
  }

  /** A daemon that has the result of a step does not look at what the step was made from. */
  private void assertAllWasCached(Map<String, Boolean> steps) throws IOException {
    assertThat(steps).hasSize(4).isEqualTo(buildctl());
    assertThat(steps.values()).filteredOn(cached -> cached).hasSize(3);
  }

  /**
   * Keeps the four steps of this test. Whether the image is cached depends on other builds, and while one runs that has it
   * under another digest, a daemon reports that one's step as well.
   */
  private Map<String, Boolean> own(Map<String, Boolean> steps) {
    steps
        .keySet()
        .retainAll(Graph.of(definition).vertices().stream()
            .filter(vertex -> !(vertex.op() instanceof SourceOp))
            .map(vertex -> vertex.digest().toString())
            .collect(Collectors.toSet()));
    return steps;
  }

  private static Definition graph(String unique) {
    State base = State.image("busybox");
    State made = State.scratch().file(FileAction.mkfile("/unique", 0644, unique));
    State left = base.run(Exec.shell("cat /in/unique > /left").addMount("/in", made));
    State right = base.run(Exec.shell("cat /in/unique > /right").addMount("/in", made));
    return left.copy(right, "/right", "/right").marshal();
  }

  /** Returns for each step whether it was cached. */
  private Map<String, Boolean> solve(BuildKitClient client) throws InterruptedException {
    Map<String, Boolean> cached = new TreeMap<>();
    client.solve(SolveRequest.definition(definition)
        .progress(status -> {
          for (Vertex vertex : status.vertexes()) {
            cached.put(vertex.digest(), vertex.cached());
          }
        })
        .build());
    return own(cached);
  }

  private Map<String, Boolean> buildctl() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    definition.writeTo(bytes);
    String log = Buildctl.ofSharedDaemon()
        .run(bytes.toByteArray(), "build", "--progress=rawjson")
        .orFail()
        .err();
    Map<String, Boolean> cached = new TreeMap<>();
    Matcher vertex = VERTEX.matcher(log);
    while (vertex.find()) {
      cached.put(vertex.group(1), vertex.group(2).contains("\"cached\":true"));
    }
    return own(cached);
  }
}
