/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;

import dev.buildkit.client.error.LineRange;
import dev.buildkit.client.error.SourceLocation;
import dev.buildkit.client.internal.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;

/**
 * Writes reports as JSON with the names that {@code buildctl build --progress=rawjson} uses.
 *
 * <p>As there, what is empty, zero or false is left out, but for a few members that are always there.
 */
final class StatusJson {
  private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
      .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
      .appendFraction(NANO_OF_SECOND, 0, 9, true)
      .appendLiteral('Z')
      .toFormatter()
      .withZone(ZoneOffset.UTC);

  private StatusJson() {}

  static String of(SolveStatus status) {
    return new JsonObject()
        .putObjects("vertexes", status.vertexes().stream().map(StatusJson::of).toList())
        .putObjects("statuses", status.statuses().stream().map(StatusJson::of).toList())
        .putObjects("logs", status.logs().stream().map(StatusJson::of).toList())
        .putObjects("warnings", status.warnings().stream().map(StatusJson::of).toList())
        .toString();
  }

  private static JsonObject of(Vertex vertex) {
    return new JsonObject()
        .put("digest", vertex.digest())
        .putTexts("inputs", vertex.inputs())
        .put("name", vertex.name())
        .put("started", time(vertex.started()))
        .put("completed", time(vertex.completed()))
        .put("cached", vertex.cached())
        .put("error", vertex.error().orElse(""))
        .put("progressGroup", vertex.progressGroup().map(StatusJson::of));
  }

  private static JsonObject of(ProgressGroup group) {
    return new JsonObject()
        .put("id", group.id())
        .put("name", group.name())
        .put("weak", group.weak());
  }

  private static JsonObject of(VertexStatus status) {
    return new JsonObject()
        .putAlways("id", status.id())
        .put("vertex", status.vertex())
        .put("name", status.name())
        .put("total", status.total())
        .putAlways("current", status.current())
        .putAlways("timestamp", TIME.format(status.timestamp()))
        .put("started", time(status.started()))
        .put("completed", time(status.completed()));
  }

  private static JsonObject of(VertexLog log) {
    byte[] data = new byte[log.data().remaining()];
    log.data().get(data);
    return new JsonObject()
        .put("vertex", log.vertex())
        .put("stream", log.stream() == VertexLog.Stream.STDERR ? 2 : 1)
        .putAlways("data", data)
        .putAlways("timestamp", TIME.format(log.timestamp()));
  }

  private static JsonObject of(VertexWarning warning) {
    JsonObject json = new JsonObject()
        .put("vertex", warning.vertex())
        .put("level", warning.level())
        .put("short", warning.message().getBytes(UTF_8))
        .putBytes(
            "detail",
            warning.detail().stream().map(line -> line.getBytes(UTF_8)).toList())
        .put("url", warning.url().orElse(""))
        .put("sourceInfo", warning.source().map(StatusJson::of));
    return warning
        .source()
        .map(source -> json.putObjects(
            "range", source.ranges().stream().map(StatusJson::of).toList()))
        .orElse(json);
  }

  private static JsonObject of(SourceLocation source) {
    return new JsonObject()
        .put("filename", source.filename())
        .put("data", source.text().getBytes(UTF_8))
        .put("definition", source.definition().map(DefinitionJson::of))
        .put("language", source.language());
  }

  private static JsonObject of(LineRange range) {
    return new JsonObject()
        .put("start", Optional.of(new JsonObject().put("line", range.first())))
        .put("end", Optional.of(new JsonObject().put("line", range.last())));
  }

  private static String time(Optional<Instant> time) {
    return time.map(TIME::format).orElse("");
  }
}
