/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.error.LineRange;
import dev.buildkit.client.error.SourceLocation;
import dev.buildkit.client.progress.ProgressGroup;
import dev.buildkit.client.progress.SolveStatus;
import dev.buildkit.client.progress.Vertex;
import dev.buildkit.client.progress.VertexLog;
import dev.buildkit.client.progress.VertexStatus;
import dev.buildkit.client.progress.VertexWarning;
import dev.buildkit.examples.buildctl.gotext.GoJson;
import dev.buildkit.examples.buildctl.gotext.GoStruct;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

/** Progress as JSON. */
final class StatusFields {
  private StatusFields() {}

  /** Returns a report on one line. */
  static String json(SolveStatus status) {
    return GoJson.escaped(GoStruct.of("client.SolveStatus")
        .addUnlessEmpty("Vertexes", "vertexes", list(status.vertexes(), StatusFields::of))
        .addUnlessEmpty("Statuses", "statuses", list(status.statuses(), StatusFields::of))
        .addUnlessEmpty("Logs", "logs", list(status.logs(), StatusFields::of))
        .addUnlessEmpty("Warnings", "warnings", list(status.warnings(), StatusFields::of)));
  }

  private static <T, R> List<R> list(List<T> values, Function<T, R> of) {
    return values.stream().map(of).toList();
  }

  private static GoStruct of(Vertex vertex) {
    return GoStruct.of("client.Vertex")
        .addUnlessEmpty("Digest", "digest", vertex.digest())
        .addUnlessEmpty("Inputs", "inputs", vertex.inputs())
        .addUnlessEmpty("Name", "name", vertex.name())
        .addUnlessEmpty("Started", "started", vertex.started().orElse(null))
        .addUnlessEmpty("Completed", "completed", vertex.completed().orElse(null))
        .addUnlessEmpty("Cached", "cached", vertex.cached())
        .addUnlessEmpty("Error", "error", vertex.error().orElse(""))
        .addUnlessEmpty(
            "ProgressGroup",
            "progressGroup",
            vertex.progressGroup().map(StatusFields::of).orElse(null));
  }

  private static GoStruct of(ProgressGroup group) {
    return GoStruct.of("pb.ProgressGroup")
        .addUnlessEmpty("Id", "id", group.id())
        .addUnlessEmpty("Name", "name", group.name())
        .addUnlessEmpty("Weak", "weak", group.weak());
  }

  private static GoStruct of(VertexStatus status) {
    return GoStruct.of("client.VertexStatus")
        .add("ID", "id", status.id())
        .addUnlessEmpty("Vertex", "vertex", status.vertex())
        .addUnlessEmpty("Name", "name", status.name())
        .addUnlessEmpty("Total", "total", status.total())
        .add("Current", "current", status.current())
        .add("Timestamp", "timestamp", status.timestamp())
        .addUnlessEmpty("Started", "started", status.started().orElse(null))
        .addUnlessEmpty("Completed", "completed", status.completed().orElse(null));
  }

  private static GoStruct of(VertexLog log) {
    return GoStruct.of("client.VertexLog")
        .addUnlessEmpty("Vertex", "vertex", log.vertex())
        .add("Stream", "stream", log.stream() == VertexLog.Stream.STDERR ? 2 : 1)
        .add("Data", "data", log.data())
        .add("Timestamp", "timestamp", log.timestamp());
  }

  private static GoStruct of(VertexWarning warning) {
    GoStruct struct = GoStruct.of("client.VertexWarning")
        .addUnlessEmpty("Vertex", "vertex", warning.vertex())
        .addUnlessEmpty("Level", "level", warning.level())
        .add("Short", "short", bytes(warning.message()))
        .addUnlessEmpty("Detail", "detail", list(warning.detail(), StatusFields::bytes))
        .addUnlessEmpty("URL", "url", warning.url().orElse(""));
    warning
        .source()
        .ifPresent(source -> struct
            .add("SourceInfo", "sourceInfo", of(source))
            .addUnlessEmpty("Range", "range", list(source.ranges(), StatusFields::of)));
    return struct;
  }

  private static GoStruct of(SourceLocation source) {
    return GoStruct.of("pb.SourceInfo")
        .addUnlessEmpty("Filename", "filename", source.filename())
        .add("Data", "data", bytes(source.text()))
        .addUnlessEmpty("Language", "language", source.language());
  }

  private static GoStruct of(LineRange range) {
    return GoStruct.of("pb.Range")
        .add("Start", "start", GoStruct.of("pb.Position").add("Line", "line", range.first()))
        .add("End", "end", GoStruct.of("pb.Position").add("Line", "line", range.last()));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
