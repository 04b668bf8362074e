/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.buildkit.api.ControlProto;
import dev.buildkit.api.ControlProto.StatusResponse;
import dev.buildkit.api.OpsProto;
import dev.buildkit.client.error.LineRange;
import dev.buildkit.client.error.SourceLocation;
import dev.buildkit.client.progress.ProgressGroup;
import dev.buildkit.client.progress.SolveStatus;
import dev.buildkit.client.progress.Vertex;
import dev.buildkit.client.progress.VertexLog;
import dev.buildkit.client.progress.VertexStatus;
import dev.buildkit.client.progress.VertexWarning;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusDecoderTest {
  private static final ByteString NOT_UTF8 = ByteString.fromHex("61ff62");
  private static final Instant TIME = Instant.parse("2026-07-01T12:00:00.123456789Z");

  private final StatusDecoder decoder = new StatusDecoder();

  @Test
  void vertexIsReadWhole() {
    StatusResponse response = StatusResponse.newBuilder()
        .addVertexes(ControlProto.Vertex.newBuilder()
            .setDigest("sha256:aa")
            .addInputs("sha256:bb")
            .setName(utf8("RUN make"))
            .setCached(true)
            .setStarted(timestamp(TIME))
            .setCompleted(timestamp(TIME.plusSeconds(1)))
            .setError(utf8("exit code: 1"))
            .setProgressGroup(
                OpsProto.ProgressGroup.newBuilder().setId("g").setName("group").setWeak(true)))
        .build();

    assertThat(decoder.decode(response).vertexes())
        .containsExactly(new Vertex(
            "sha256:aa",
            List.of("sha256:bb"),
            "RUN make",
            Optional.of(TIME),
            Optional.of(TIME.plusSeconds(1)),
            true,
            Optional.of("exit code: 1"),
            Optional.of(new ProgressGroup("g", "group", true))));
  }

  @Test
  void announcedVertexHasNeitherTimesNorErrorNorGroup() {
    StatusResponse response = StatusResponse.newBuilder()
        .addVertexes(ControlProto.Vertex.newBuilder().setDigest("sha256:aa"))
        .build();

    assertThat(decoder.decode(response).vertexes())
        .containsExactly(new Vertex(
            "sha256:aa",
            List.of(),
            "",
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty()));
  }

  @Test
  void statusIsReadWhole() {
    StatusResponse response = StatusResponse.newBuilder()
        .addStatuses(ControlProto.VertexStatus.newBuilder()
            .setID(utf8("sha256:layer"))
            .setVertex("sha256:aa")
            .setName(utf8("downloading"))
            .setCurrent(3)
            .setTotal(10)
            .setTimestamp(timestamp(TIME))
            .setStarted(timestamp(TIME.minusSeconds(1))))
        .build();

    assertThat(decoder.decode(response).statuses())
        .containsExactly(new VertexStatus(
            "sha256:layer",
            "sha256:aa",
            "downloading",
            3,
            10,
            TIME,
            Optional.of(TIME.minusSeconds(1)),
            Optional.empty()));
  }

  @Test
  void logKeepsItsBytes() {
    VertexLog log = decoder.decode(log(2, NOT_UTF8)).logs().get(0);

    assertThat(log.stream()).isEqualTo(VertexLog.Stream.STDERR);
    assertThat(ByteString.copyFrom(log.data())).isEqualTo(NOT_UTF8);
    assertThat(log.timestamp()).isEqualTo(TIME);
  }

  @Test
  void unknownStreamCountsAsStandardOutput() {
    for (int stream : new int[] {0, 1, 3, -1}) {
      assertThat(decoder.decode(log(stream, utf8("x"))).logs().get(0).stream())
          .isEqualTo(VertexLog.Stream.STDOUT);
    }
  }

  @Test
  void textThatIsNotUtf8IsReadAsWellAsPossible() {
    StatusResponse response = StatusResponse.newBuilder()
        .addVertexes(ControlProto.Vertex.newBuilder().setName(NOT_UTF8).setError(NOT_UTF8))
        .addStatuses(ControlProto.VertexStatus.newBuilder().setID(NOT_UTF8).setName(NOT_UTF8))
        .addWarnings(ControlProto.VertexWarning.newBuilder().setShort(NOT_UTF8).addDetail(NOT_UTF8))
        .build();
    SolveStatus status = decoder.decode(response);

    assertThat(status.vertexes().get(0).name()).isEqualTo("a\ufffdb");
    assertThat(status.vertexes().get(0).error()).contains("a\ufffdb");
    assertThat(status.statuses().get(0).id()).isEqualTo("a\ufffdb");
    assertThat(status.statuses().get(0).name()).isEqualTo("a\ufffdb");
    assertThat(status.warnings().get(0).message()).isEqualTo("a\ufffdb");
    assertThat(status.warnings().get(0).detail()).containsExactly("a\ufffdb");
  }

  @Test
  void zeroTimesAreAbsent() {
    Timestamp zeroOfGo = Timestamp.newBuilder().setSeconds(-62_135_596_800L).build();
    StatusResponse response = StatusResponse.newBuilder()
        .addVertexes(ControlProto.Vertex.newBuilder()
            .setStarted(Timestamp.getDefaultInstance())
            .setCompleted(zeroOfGo))
        .build();
    Vertex vertex = decoder.decode(response).vertexes().get(0);

    assertThat(vertex.started()).isEmpty();
    assertThat(vertex.completed()).isEmpty();
  }

  @Test
  void timesOutOfRangeDoNotFail() {
    Timestamp late =
        Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).setNanos(-1).build();
    StatusResponse response = StatusResponse.newBuilder()
        .addLogs(ControlProto.VertexLog.newBuilder().setTimestamp(late))
        .build();

    assertThat(decoder.decode(response).logs().get(0).timestamp()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void timesAreCorrectedByTheLeadOfTheDaemonsClock() {
    StatusDecoder correcting = new StatusDecoder(Duration.ofSeconds(5));

    assertThat(correcting.decode(log(1, utf8("x"))).logs().get(0).timestamp())
        .isEqualTo(TIME.minusSeconds(5));
  }

  @Test
  void warningIsReadWhole() {
    StatusResponse response = StatusResponse.newBuilder()
        .addWarnings(ControlProto.VertexWarning.newBuilder()
            .setVertex("sha256:aa")
            .setLevel(1)
            .setShort(utf8("StageNameCasing"))
            .addDetail(utf8("more"))
            .setUrl("https://docs.docker.com/go/dockerfile/rule/stage-name-casing/")
            .setInfo(OpsProto.SourceInfo.newBuilder()
                .setFilename("Dockerfile")
                .setLanguage("Dockerfile")
                .setData(utf8("FROM scratch AS A\n")))
            .addRanges(range(1, 0))
            .addRanges(range(2, 3))
            .addRanges(range(0, 3)))
        .build();

    assertThat(decoder.decode(response).warnings())
        .containsExactly(new VertexWarning(
            "sha256:aa",
            1,
            "StageNameCasing",
            List.of("more"),
            Optional.of("https://docs.docker.com/go/dockerfile/rule/stage-name-casing/"),
            Optional.of(new SourceLocation(
                "Dockerfile",
                "Dockerfile",
                "FROM scratch AS A\n",
                List.of(new LineRange(1, 1), new LineRange(2, 3))))));
  }

  @Test
  void theGraphOfAFileIsReadIfItIsOne() {
    Definition graph = State.local("dockerfile").marshal();

    assertThat(graphOf(graph.toProto())).hasValue(graph);
    assertThat(graphOf(OpsProto.Definition.newBuilder().addDef(utf8("nonsense")).build()))
        .isEmpty();
  }

  private Optional<Definition> graphOf(OpsProto.Definition graph) {
    StatusResponse response = StatusResponse.newBuilder()
        .addWarnings(ControlProto.VertexWarning.newBuilder()
            .setInfo(OpsProto.SourceInfo.newBuilder().setDefinition(graph)))
        .build();
    return decoder.decode(response).warnings().get(0).source().orElseThrow().definition();
  }

  @Test
  void warningsOfASplitMessageAreDeliveredOnce() {
    StatusResponse first =
        log(1, utf8("x")).toBuilder().addWarnings(warning("w")).build();
    StatusResponse second =
        log(1, utf8("y")).toBuilder().addWarnings(warning("w")).build();

    assertThat(decoder.decode(first).warnings()).hasSize(1);
    assertThat(decoder.decode(second).warnings()).isEmpty();
    assertThat(decoder.decode(second).warnings()).isEmpty();
  }

  @Test
  void sameWarningInALaterMessageIsDelivered() {
    StatusResponse alone = StatusResponse.newBuilder().addWarnings(warning("w")).build();
    StatusResponse other =
        log(1, utf8("x")).toBuilder().addWarnings(warning("v")).build();

    assertThat(decoder.decode(alone).warnings()).hasSize(1);
    assertThat(decoder.decode(alone).warnings()).hasSize(1);
    assertThat(decoder.decode(other).warnings()).hasSize(1);
  }

  private static StatusResponse log(int stream, ByteString message) {
    return StatusResponse.newBuilder()
        .addLogs(ControlProto.VertexLog.newBuilder()
            .setVertex("sha256:aa")
            .setStream(stream)
            .setMsg(message)
            .setTimestamp(timestamp(TIME)))
        .build();
  }

  private static ControlProto.VertexWarning warning(String text) {
    return ControlProto.VertexWarning.newBuilder().setShort(utf8(text)).build();
  }

  private static OpsProto.Range range(int first, int last) {
    return OpsProto.Range.newBuilder()
        .setStart(OpsProto.Position.newBuilder().setLine(first))
        .setEnd(OpsProto.Position.newBuilder().setLine(last))
        .build();
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  private static ByteString utf8(String text) {
    return ByteString.copyFromUtf8(text);
  }
}
