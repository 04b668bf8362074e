/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static dev.buildkit.client.progress.Reports.time;
import static dev.buildkit.client.progress.Reports.vertex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.buildkit.llb.Definition;
import dev.buildkit.llb.State;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        SolveStatus.class,
        Vertex.class,
        VertexStatus.class,
        VertexWarning.class,
        ProgressGroup.class
      })
  void equalityIsThatOfTheComponents(Class<?> type) {
    EqualsVerifier.forClass(type)
        .withPrefabValues(
            Definition.class,
            State.image("alpine").marshal(),
            State.image("busybox").marshal())
        .verify();
  }

  @Test
  void listsAreCopied() {
    List<Vertex> vertexes = new ArrayList<>();
    SolveStatus status = new SolveStatus(vertexes, List.of(), List.of(), List.of());
    vertexes.add(vertex("a", Optional.empty(), Optional.empty(), Optional.empty()));

    assertThat(status.vertexes()).isEmpty();
    assertThat(status.isEmpty()).isTrue();
    assertThat(new SolveStatus(vertexes, List.of(), List.of(), List.of()).isEmpty())
        .isFalse();
  }

  @Test
  void logKeepsItsOwnBytes() {
    byte[] bytes = "hello".getBytes(UTF_8);
    VertexLog log = log(ByteBuffer.wrap(bytes));
    bytes[0] = 'j';

    assertThat(log.message()).isEqualTo("hello");
    assertThat(log.data().isReadOnly()).isTrue();
  }

  @Test
  void readingLogDataDoesNotConsumeIt() {
    VertexLog log = log(ByteBuffer.wrap("hello".getBytes(UTF_8)));
    log.data().get();

    assertThat(log.data().remaining()).isEqualTo(5);
    assertThat(log.message()).isEqualTo("hello");
  }

  @Test
  void logTakesWhatRemainsAndLeavesTheBufferAlone() {
    ByteBuffer data = ByteBuffer.wrap("hello".getBytes(UTF_8)).position(1).limit(4);

    assertThat(log(data).message()).isEqualTo("ell");
    assertThat(data.position()).isEqualTo(1);
  }

  @Test
  void logsWithTheSameBytesAreEqual() {
    VertexLog log = log(ByteBuffer.wrap("hello".getBytes(UTF_8)));

    assertThat(log)
        .isEqualTo(log(ByteBuffer.wrap("hello".getBytes(UTF_8))))
        .hasSameHashCodeAs(log(ByteBuffer.wrap("hello".getBytes(UTF_8))))
        .isNotEqualTo(log(ByteBuffer.wrap("hallo".getBytes(UTF_8))));
  }

  @Test
  void logMessageReplacesWhatIsNotUtf8() {
    assertThat(log(ByteBuffer.wrap(new byte[] {'a', (byte) 0xff, 'b'})).message())
        .isEqualTo("a\ufffdb");
  }

  @Test
  void canceledVertexHasNotFailed() {
    Vertex canceled = failing("process did not complete: context canceled");
    Vertex failed = failing("exit code: 1");
    Vertex fine = vertex("a", Optional.empty(), Optional.empty(), Optional.empty());

    assertThat(canceled.canceled()).isTrue();
    assertThat(canceled.failed()).isFalse();
    assertThat(failed.canceled()).isFalse();
    assertThat(failed.failed()).isTrue();
    assertThat(fine.canceled()).isFalse();
    assertThat(fine.failed()).isFalse();
  }

  @Test
  @SuppressWarnings("NullAway") // callers outside may pass it
  void missingPartsAreRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> new ProgressGroup("id", null, false))
        .withMessage("name");
    assertThatNullPointerException()
        .isThrownBy(() -> new VertexLog("a", VertexLog.Stream.STDOUT, ByteBuffer.allocate(0), null))
        .withMessage("timestamp");
    assertThatNullPointerException()
        .isThrownBy(() -> vertex("a", null, Optional.empty(), Optional.empty()))
        .withMessage("started");
  }

  private static VertexLog log(ByteBuffer data) {
    return new VertexLog("a", VertexLog.Stream.STDOUT, data, time(0));
  }

  private static Vertex failing(String error) {
    return vertex("a", Optional.of(time(0)), Optional.of(time(1)), Optional.of(error));
  }
}
