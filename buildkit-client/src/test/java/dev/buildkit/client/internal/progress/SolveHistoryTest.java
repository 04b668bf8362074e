/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.progress.SolveStatus;
import dev.buildkit.client.progress.Vertex;
import dev.buildkit.client.progress.VertexLog;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SolveHistoryTest {
  private static final Optional<Instant> TIME = Optional.of(Instant.ofEpochSecond(1));
  private static final Optional<Instant> NEVER = Optional.empty();

  private final SolveHistory history = new SolveHistory(3);

  @Test
  void nameIsTheLastReportedOne() {
    history.add(report(vertex("a", "old", NEVER, NEVER, "")));
    history.add(report(vertex("a", "new", TIME, NEVER, "")));

    assertThat(history.name("a")).contains("new");
    assertThat(history.name("b")).isEmpty();
  }

  @Test
  void failedVertexKeepsItsLastLines() {
    history.add(report(vertex("a", "a", TIME, NEVER, ""), log("a", "1\n2\n")));
    history.add(report(vertex("a", "a", TIME, TIME, "exit code: 1"), log("a", "3\n4\n5")));

    assertThat(history.logTail("a")).containsExactly("3", "4", "5");
  }

  @Test
  void theVertexThatFailedIsFoundByItsText() {
    history.add(report(vertex("a", "a", TIME, TIME, "context canceled")));
    history.add(report(vertex("b", "b", TIME, TIME, "exit code: 7")));
    history.add(report(vertex("c", "c", TIME, TIME, "exit code: 8")));

    assertThat(history.failed("failed to solve: exit code: 7")).hasValue("b");
    assertThat(history.failed("failed to solve: something else")).isEmpty();
  }

  @Test
  void outputThatComesAfterTheFailureBelongsToIt() {
    history.add(report(vertex("a", "a", TIME, TIME, "exit code: 1")));
    history.add(new SolveStatus(List.of(), List.of(), List.of(log("a", "late\n")), List.of()));

    assertThat(history.logTail("a")).containsExactly("late");
  }

  @Test
  void outputOfASuccessIsForgotten() {
    history.add(report(vertex("a", "a", TIME, NEVER, ""), log("a", "1\n")));
    history.add(report(vertex("a", "a", TIME, TIME, ""), log("a", "2\n")));

    assertThat(history.logTail("a")).isEmpty();
    assertThat(history.name("a")).contains("a");
  }

  @Test
  void unknownVertexHasNoOutput() {
    history.add(new SolveStatus(List.of(), List.of(), List.of(log("a", "1\n")), List.of()));

    assertThat(history.logTail("a")).isEmpty();
  }

  @Test
  void namesAreBounded() {
    for (int i = 0; i <= 10_000; i++) {
      history.add(report(vertex("v" + i, "name", NEVER, NEVER, "")));
    }

    assertThat(history.name("v0")).isEmpty();
    assertThat(history.name("v1")).contains("name");
    assertThat(history.name("v10000")).contains("name");
  }

  private static SolveStatus report(Vertex vertex, VertexLog... logs) {
    return new SolveStatus(List.of(vertex), List.of(), List.of(logs), List.of());
  }

  private static Vertex vertex(
      String digest,
      String name,
      Optional<Instant> started,
      Optional<Instant> completed,
      String error) {
    return new Vertex(
        digest,
        List.of(),
        name,
        started,
        completed,
        false,
        Optional.of(error).filter(text -> !text.isEmpty()),
        Optional.empty());
  }

  private static VertexLog log(String digest, String text) {
    return new VertexLog(
        digest, VertexLog.Stream.STDOUT, ByteBuffer.wrap(text.getBytes(UTF_8)), TIME.orElseThrow());
  }
}
