/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.progress.ProgressPrinter;
import dev.buildkit.client.solve.SolveRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that read the progress of {@code buildctl} can read ours. */
@IntegrationTest
@Requires(Capability.BUILDCTL)
class RawJsonProgressIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TIMES = List.of("started", "completed", "timestamp");
  private static final Set<String> UNDER_WAY = Set.of("vertexes", "statuses");

  /** The Dockerfile has something to warn of. */
  private static final String STEPS = """
      FROM busybox as one
      RUN echo '<one> &' "two"; echo three >&2
      RUN exit 0
      """;

  @TempDir
  private Path context;

  @TempDir
  private Path dockerfile;

  @Test
  void aBuildIsReportedAsBuildctlReportsIt(BuildKitClient client) throws Exception {
    client.solve(request().build()); // from now on, the base image is there
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    client.solve(request().progress(ProgressPrinter.rawJson(written)).build());
    Command.Output theirs = Builds.buildctl(
            STEPS, context, dockerfile, "--no-cache", "--progress=rawjson")
        .orFail();

    Map<String, Set<String>> ours = facts(written.toString(UTF_8));
    assertThat(ours.keySet()).contains("vertexes", "statuses", "logs", "warnings");
    assertThat(ours).isEqualTo(facts(theirs.err()));
    assertThat(output(written.toString(UTF_8), 1))
        .isEqualTo("<one> & two\n")
        .isEqualTo(output(theirs.err(), 1));
    assertThat(output(written.toString(UTF_8), 2))
        .isEqualTo("three\n")
        .isEqualTo(output(theirs.err(), 2));
  }

  private SolveRequest.Builder request() {
    return Builds.dockerfile(STEPS, context).frontendAttr("no-cache", "");
  }

  /** Returns what commands wrote on one of their streams. */
  private static String output(String lines, int stream) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    for (JsonNode report : reports(lines)) {
      for (JsonNode log : report.path("logs")) {
        if (log.path("stream").asInt() == stream) {
          output.write(log.get("data").binaryValue());
        }
      }
    }
    return output.toString(UTF_8);
  }

  private static List<JsonNode> reports(String lines) throws IOException {
    List<JsonNode> reports = new ArrayList<>();
    for (String line : lines.lines().filter(line -> line.startsWith("{")).toList()) {
      reports.add(JSON.readTree(line));
    }
    return reports;
  }

  /**
   * Returns what the reports say, by kind, without order. Times are there, but not which; steps and
   * their activities are only those that are over, since what is reported before depends on the time.
   */
  private static Map<String, Set<String>> facts(String lines) throws IOException {
    Map<String, Set<String>> facts = new TreeMap<>();
    for (JsonNode report : reports(lines)) {
      for (Map.Entry<String, JsonNode> kind : report.properties()) {
        Set<String> known = facts.computeIfAbsent(kind.getKey(), any -> new TreeSet<>());
        for (JsonNode element : kind.getValue()) {
          if (isOver(kind.getKey(), element) && !Builds.isOfBaseImage(element.toString())) {
            known.add(masked((ObjectNode) element));
          }
        }
      }
    }
    return facts;
  }

  private static boolean isOver(String kind, JsonNode element) {
    return !UNDER_WAY.contains(kind) || element.has("completed");
  }

  private static String masked(ObjectNode element) {
    for (String time : TIMES) {
      if (element.has(time)) {
        assertThat(element.get(time).asText())
            .matches("\\d{4}-\\d\\d-\\d\\dT[0-9:]{8}(\\.\\d*[1-9])?Z");
        element.put(time, "T");
      }
    }
    element.findValues("definition").forEach(definition -> maskOfSession((ObjectNode) definition));
    if (element.has("data")) {
      element.put("data", "D"); // which may be cut anywhere
    }
    if (element.path("current").asLong() > 0) {
      element.put(
          "current", 1); // with what is told of files, which is not the same for each client
    }
    // The directories are those of one session, so their digests are too.
    return element.toString().replaceAll("sha256:[0-9a-f]{64}", "DIGEST");
  }

  /** The operations hold the id of a session, and so their digests and the order of these are another in each. */
  private static void maskOfSession(ObjectNode definition) {
    Set<String> metadata = new TreeSet<>();
    definition.get("metadata").forEach(operation -> metadata.add(operation.toString()));
    definition.put("metadata", metadata.toString());
    definition.put("def", definition.get("def").size());
  }
}
