/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.LineRange;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.progress.ProgressGroup;
import dev.buildkit.client.progress.Vertex;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.SourceMap;
import dev.buildkit.llb.State;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What is said about operations without being part of them: names, cache flags, workers and places in a source. */
@IntegrationTest
class ConstraintsIT {
  private static final State BUSYBOX = State.image("busybox");

  private final String unique = " # " + UUID.randomUUID();

  @Test
  void theCacheIsIgnoredForOneOperation(BuildKitClient client) throws Exception {
    Exec cached = Exec.shell("cat /proc/sys/kernel/random/uuid > /out/id" + unique);
    Exec fresh = cached.constraints(Constraints.none().ignoreCache());
    String first = id(client, cached);

    assertThat(id(client, cached)).isEqualTo(first);
    assertThat(id(client, fresh)).isNotEqualTo(first);
  }

  private static String id(BuildKitClient client, Exec exec) throws Exception {
    return Solved.of(client, Solved.out(BUSYBOX, exec)).text("id");
  }

  @Test
  void namesAreShownInTheProgress(BuildKitClient client) throws Exception {
    Map<String, Vertex> shown = shown(
        client,
        Exec.shell("true" + unique).constraints(Constraints.none().customName("of my own")));

    assertThat(shown).containsKey("of my own");
  }

  @Test
  void anotherDescriptionLeavesTheNameAsItIs(BuildKitClient client) throws Exception {
    Map<String, Vertex> shown = shown(
        client,
        Exec.shell("true" + unique)
            .constraints(Constraints.none().description(Map.of("com.example.note", "hello"))));

    assertThat(shown).containsKey("/bin/sh -c true" + unique);
  }

  @Test
  @Requires(Capability.PROGRESS_GROUPS)
  void groupsAreShownInTheProgress(BuildKitClient client) throws Exception {
    Map<String, Vertex> shown = shown(
        client,
        Exec.shell("true" + unique)
            .constraints(
                Constraints.none().customName("member").weakProgressGroup("id", "together")));

    assertThat(shown)
        .hasEntrySatisfying(
            "member",
            member -> assertThat(member.progressGroup())
                .contains(new ProgressGroup("id", "together", true)));
  }

  private static Map<String, Vertex> shown(BuildKitClient client, Exec exec) throws Exception {
    Map<String, Vertex> shown = new ConcurrentHashMap<>();
    client.solve(SolveRequest.definition(BUSYBOX.run(exec).marshal())
        .progress(status -> status.vertexes().forEach(vertex -> shown.put(vertex.name(), vertex)))
        .build());
    return shown;
  }

  /** As every daemon that is known takes its default worker. */
  @Test
  void demandsOnWorkersAreNoObstacle(BuildKitClient client) throws Exception {
    Constraints demand = Constraints.none().require("label.nobody==has");

    assertThat(Solved.of(
                client, Solved.out(BUSYBOX, Exec.shell("echo ran > /out/file").constraints(demand)))
            .text("file"))
        .isEqualTo("ran\n");
  }

  @Test
  void aCapabilityThatTheDaemonLacksIsNamed(BuildKitClient client) {
    State state = BUSYBOX.run(Exec.shell("true")).root();

    assertThatThrownBy(() -> Solved.of(
            client,
            SolveRequest.definition(
                LlbCapability.demanding("no.such.capability", state.marshal()))))
        .isInstanceOf(BuildKitException.class)
        .hasMessageContaining("no.such.capability");
  }

  @Test
  @Requires(Capability.ERROR_DETAILS)
  void aFailureIsShownWhereTheSourceMapSays(BuildKitClient client) {
    SourceMap map = SourceMap.of("build.txt", "text", "first\nthe culprit\nlast\n");
    Exec exec = Exec.shell("exit 9" + unique)
        .constraints(Constraints.none().addLocation(map.location().line(2)));

    assertThatThrownBy(() -> Solved.of(client, BUSYBOX.run(exec).root()))
        .isInstanceOfSatisfying(SolveException.class, failure -> {
          assertThat(failure.exitCode()).hasValue(9);
          assertThat(failure.sources()).singleElement().satisfies(source -> {
            assertThat(source.filename()).isEqualTo("build.txt");
            assertThat(source.ranges()).containsExactly(new LineRange(2, 2));
          });
        })
        .hasMessageContaining(">>> the culprit");
  }
}
