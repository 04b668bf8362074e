/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.progress.Vertex;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.State;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Operations that combine what others yield. */
@IntegrationTest
class GraphOperationsIT {
  private static final State BUSYBOX = State.image("busybox");
  private static final State LOWER =
      file("/both", "lower").file(FileAction.mkfile("/low", 0644, ""));
  private static final State UPPER =
      file("/both", "upper").file(FileAction.mkfile("/up", 0644, ""));

  private final String unique = " # " + UUID.randomUUID();

  private static State file(String path, String content) {
    return State.scratch().file(FileAction.mkfile(path, 0644, content));
  }

  @Test
  void scratchIsEmpty(BuildKitClient client) throws Exception {
    assertThat(Solved.of(client, State.scratch().file(FileAction.mkdir("/d", 0755)))
            .names())
        .containsExactly("d");
    assertThat(Solved.shell(client, "ls -A /out > /out/is").text("is")).isEqualTo("is\n");
  }

  @Test
  @Requires(llb = {"mergeop", "diffop"})
  void mergeLaysTheLaterOnTop(BuildKitClient client) throws Exception {
    Solved solved = Solved.of(client, State.merge(LOWER, UPPER));

    assertThat(solved.names()).containsExactly("both", "low", "up");
    assertThat(solved.text("both")).isEqualTo("upper");
  }

  @Test
  @Requires(llb = {"mergeop", "diffop"})
  void diffIsWhatChangedAndCanBeMergedElsewhere(BuildKitClient client) throws Exception {
    State changed = LOWER.file(
        FileAction.mkfile("/both", 0600, "changed"),
        FileAction.mkfile("/added", 0644, "new"),
        FileAction.rm("/low"));
    State diff = State.diff(LOWER, changed);

    assertThat(Solved.of(client, diff).names()).containsExactly("added", "both");
    Solved merged = Solved.of(client, State.merge(LOWER, diff));
    assertThat(merged.names()).as("without what was removed").containsExactly("added", "both");
    assertThat(merged.text("both")).isEqualTo("changed");
  }

  @Test
  @Requires(llb = "passthroughop")
  void aStateThatRequiresOthersWaitsForThem(BuildKitClient client) throws Exception {
    State other = BUSYBOX.run(Exec.shell("exit 5" + unique)).root();

    assertThat(Solved.of(client, LOWER.requires("after", UPPER)).names())
        .containsExactly("both", "low");
    assertThatThrownBy(() -> Solved.of(client, LOWER.requires("after", other)))
        .isInstanceOfSatisfying(
            SolveException.class, e -> assertThat(e.exitCode()).hasValue(5));
  }

  @Test
  @Requires(llb = "passthroughop")
  void statesThatPassTogetherStayApart(BuildKitClient client) throws Exception {
    State other = BUSYBOX.run(Exec.shell("exit 5" + unique)).root();

    List<State> passed = State.passthrough("together", List.of(LOWER, UPPER));
    assertThat(Solved.of(client, passed.get(0)).names()).containsExactly("both", "low");
    assertThat(Solved.of(client, passed.get(1)).names())
        .isEqualTo(Solved.of(client, UPPER).names());
    State waiting = State.passthrough("waiting", List.of(LOWER, UPPER), other).get(1);
    assertThatThrownBy(() -> Solved.of(client, waiting))
        .isInstanceOfSatisfying(
            SolveException.class, e -> assertThat(e.exitCode()).hasValue(5));
  }

  @Test
  void aNestedBuildSolvesADefinitionThatABuildMade(BuildKitClient client) throws Exception {
    byte[] definition = LOWER.marshal().toByteArray();

    assertThat(Solved.of(
                client,
                State.scratch()
                    .file(FileAction.mkfile("/buildkit.llb.definition", 0644, definition))
                    .nestedBuild())
            .names())
        .containsExactly("both", "low");
    assertThat(Solved.of(
                client,
                State.scratch()
                    .file(FileAction.mkfile("/other", 0644, definition))
                    .nestedBuild(Constraints.none(), "other"))
            .names())
        .containsExactly("both", "low");
  }

  @Test
  void aDefinitionIsAStateToBuildUpon(BuildKitClient client) throws Exception {
    State parsed = State.from(Definition.parse(LOWER.marshal().toByteArray()));

    assertThat(
            Solved.of(client, parsed.file(FileAction.mkfile("/more", 0644, ""))).names())
        .containsExactly("both", "low", "more");
  }

  @Test
  void onlyWhatTheResultNeedsRuns(BuildKitClient client) throws Exception {
    State fails = BUSYBOX.run(Exec.shell("exit 5" + unique)).root();
    List<Vertex> vertexes = new CopyOnWriteArrayList<>();
    Definition definition = Solved.out(fails, Exec.shell("true")).output(LOWER).marshal();

    client.solve(SolveRequest.definition(definition)
        .progress(status -> vertexes.addAll(status.vertexes()))
        .build());

    assertThat(vertexes).extracting(Vertex::name).noneMatch(name -> name.contains("exit 5"));
  }
}
