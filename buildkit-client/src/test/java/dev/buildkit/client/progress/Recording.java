/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.buildkit.api.OpsProto;
import dev.buildkit.client.error.LineRange;
import dev.buildkit.client.error.SourceLocation;
import dev.buildkit.llb.Definition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The reports of a real solve with the times at which they arrived, as JSON lines. */
record Recording(List<Arrival> arrivals, long endNanos) {

  /** A report, and when it arrived. */
  record Arrival(long nanos, SolveStatus status) {}

  static Recording read(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Arrival> arrivals = new ArrayList<>();
    long end = 0;
    for (String line : Files.readAllLines(file)) {
      JsonNode node = json.readTree(line);
      end = Math.round(node.get("at").doubleValue() * 1e6);
      if (node.has("status")) {
        arrivals.add(new Arrival(end, status(node.get("status"))));
      }
    }
    return new Recording(arrivals, end);
  }

  private static SolveStatus status(JsonNode node) {
    return new SolveStatus(
        list(node.path("vertexes"), Recording::vertex),
        list(node.path("statuses"), Recording::vertexStatus),
        list(node.path("logs"), Recording::log),
        list(node.path("warnings"), Recording::warning));
  }

  private static Vertex vertex(JsonNode node) {
    return new Vertex(
        node.get("digest").asText(),
        list(node.path("inputs"), JsonNode::asText),
        node.path("name").asText(),
        time(node.path("started")),
        time(node.path("completed")),
        node.path("cached").asBoolean(),
        Optional.of(node.path("error").asText()).filter(error -> !error.isEmpty()),
        node.has("progressGroup")
            ? Optional.of(group(node.get("progressGroup")))
            : Optional.empty());
  }

  private static ProgressGroup group(JsonNode node) {
    return new ProgressGroup(
        node.path("id").asText(), node.path("name").asText(), node.path("weak").asBoolean());
  }

  private static VertexStatus vertexStatus(JsonNode node) {
    return new VertexStatus(
        node.get("id").asText(),
        node.get("vertex").asText(),
        node.path("name").asText(),
        node.path("current").asLong(),
        node.path("total").asLong(),
        Instant.parse(node.get("timestamp").asText()),
        time(node.path("started")),
        time(node.path("completed")));
  }

  private static VertexLog log(JsonNode node) {
    return new VertexLog(
        node.get("vertex").asText(),
        node.path("stream").asInt() == 2 ? VertexLog.Stream.STDERR : VertexLog.Stream.STDOUT,
        ByteBuffer.wrap(bytes(node.path("data"))),
        Instant.parse(node.get("timestamp").asText()));
  }

  private static VertexWarning warning(JsonNode node) {
    return new VertexWarning(
        node.get("vertex").asText(),
        node.path("level").asInt(),
        new String(bytes(node.path("short")), UTF_8),
        list(node.path("detail"), line -> new String(bytes(line), UTF_8)),
        Optional.of(node.path("url").asText()).filter(url -> !url.isEmpty()),
        node.has("sourceInfo")
            ? Optional.of(source(node.get("sourceInfo"), node.path("range")))
            : Optional.empty());
  }

  private static SourceLocation source(JsonNode info, JsonNode ranges) {
    return new SourceLocation(
        info.path("filename").asText(),
        info.path("language").asText(),
        new String(bytes(info.path("data")), UTF_8),
        list(
            ranges,
            range -> new LineRange(
                range.get("start").get("line").asInt(),
                range.get("end").get("line").asInt())),
        Optional.of(info.path("definition")).filter(JsonNode::isObject).map(Recording::definition));
  }

  private static Definition definition(JsonNode node) {
    OpsProto.Definition.Builder definition = OpsProto.Definition.newBuilder();
    node.path("def").forEach(operation -> definition.addDef(ByteString.copyFrom(bytes(operation))));
    node.path("metadata")
        .properties()
        .forEach(entry -> definition.putMetadata(entry.getKey(), metadata(entry.getValue())));
    node.at("/Source/locations")
        .properties()
        .forEach(entry -> definition
            .getSourceBuilder()
            .putLocations(entry.getKey(), OpsProto.Locations.getDefaultInstance()));
    return Definition.parse(definition.build().toByteArray());
  }

  private static OpsProto.OpMetadata metadata(JsonNode node) {
    OpsProto.OpMetadata.Builder metadata = OpsProto.OpMetadata.newBuilder();
    node.path("description")
        .properties()
        .forEach(
            entry -> metadata.putDescription(entry.getKey(), entry.getValue().asText()));
    node.path("caps")
        .properties()
        .forEach(entry -> metadata.putCaps(entry.getKey(), entry.getValue().asBoolean()));
    return metadata.build();
  }

  private static byte[] bytes(JsonNode node) {
    try {
      return node.binaryValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Instant> time(JsonNode node) {
    return node.isMissingNode() ? Optional.empty() : Optional.of(Instant.parse(node.asText()));
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
    List<T> elements = new ArrayList<>();
    for (Iterator<JsonNode> nodes = array.elements(); nodes.hasNext(); ) {
      elements.add(element.apply(nodes.next()));
    }
    return elements;
  }
}
