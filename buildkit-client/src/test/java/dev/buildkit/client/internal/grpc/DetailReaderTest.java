/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.error.ErrorDetail;
import dev.buildkit.client.error.LineRange;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.error.SourceLocation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads details that BuildKit's own Go code wrote, from {@code vectors_errors.json}. */
final class DetailReaderTest {
  private static final String BUILDKIT = "github.com/moby/buildkit/";

  /** What Go wrote, by the vector's name. */
  private static final Map<String, Any> VECTORS = new TreeMap<>();

  @BeforeAll
  static void readVectors() throws IOException {
    JsonNode root = new ObjectMapper()
        .readTree(DetailReaderTest.class.getResourceAsStream("vectors_errors.json"));
    for (JsonNode row : root.get("details")) {
      VECTORS.put(
          row.get("type").asText(),
          detail(row.get("type_url").asText(), row.get("any_value_as_text").asText()));
    }
  }

  @Test
  void everyDetailIsKeptAsItCame() {
    assertThat(VECTORS).hasSize(13);
    VECTORS.forEach((name, any) -> assertThat(read(any).details())
        .as(name)
        .containsExactly(ErrorDetail.of(any.getTypeUrl(), any.getValue().toByteArray())));
  }

  @Test
  void vertexHasADigest() {
    assertThat(read("Vertex").vertexDigest()).hasValue("sha256:" + "1".repeat(64));
  }

  @Test
  void sourceHasFileAndLines() {
    assertThat(read("Source").sources())
        .containsExactly(new SourceLocation(
            "Dockerfile", "Dockerfile", "FROM x\n", List.of(new LineRange(1, 3))));
  }

  @Test
  void exitMessageHasTheExitCode() {
    assertThat(read("ExitMessage").exitCode()).hasValue(127);
  }

  @Test
  void policyDecisionExplainsItself() {
    assertThat(read("DecisionResponse").notes()).containsExactly("denied by policy: denied");
  }

  @Test
  void frontendImageIsNamed() {
    assertThat(read("Frontend").notes()).containsExactly("in frontend docker/dockerfile:1");
    assertThat(read("errdefs.Frontend+json", "{\"name\":\"dockerfile.v0\"}").notes())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Solve",
        "Solve-file-subject",
        "Solve-cache-subject",
        "FrontendCap",
        "Subrequest",
        "CompatibilityFeature",
        "ProvenanceMaterialsIncomplete",
        "stack.Stack"
      })
  void detailsThatOnlyRepeatTheTextAreLeftAsTheyAre(String name) {
    assertThat(read(name)).hasMessage("failed to solve: x");
  }

  @Test
  void ordersAreKept() {
    SolveException failure = read(
        detail(BUILDKIT + "errdefs.Source+json", source("outer", "[]")),
        detail(BUILDKIT + "errdefs.Vertex+json", "{\"digest\":\"sha256:aa\"}"),
        detail(BUILDKIT + "errdefs.Source+json", source("inner", "[]")));

    assertThat(failure.sources())
        .extracting(SourceLocation::filename)
        .containsExactly("outer", "inner");
    assertThat(failure.details())
        .extracting(ErrorDetail::type)
        .containsExactly(
            BUILDKIT + "errdefs.Source+json",
            BUILDKIT + "errdefs.Vertex+json",
            BUILDKIT + "errdefs.Source+json");
  }

  @Test
  void positionsOfOldDaemonsHaveCapitals() {
    String ranges = "[{\"start\":{\"Line\":2,\"Character\":1},\"end\":{\"Line\":3}}]";

    assertThat(lines(ranges)).containsExactly(new LineRange(2, 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"start\":{\"line\":2}}]",
        "[{\"start\":{\"line\":2},\"end\":{\"line\":1}}]",
        "[{\"start\":{\"line\":2},\"end\":{\"line\":\"two\"}}]"
      })
  void rangesWithoutAnEndAreOneLine(String ranges) {
    assertThat(lines(ranges)).containsExactly(new LineRange(2, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "[{}]",
        "[{\"end\":{\"line\":2}}]",
        "[{\"start\":{\"line\":-1}}]",
        "[3]"
      })
  void rangesWithoutAStartAreLeftOut(String ranges) {
    assertThat(lines(ranges)).isEmpty();
  }

  @Test
  void hugeLineNumbersStayInRange() {
    assertThat(lines("[{\"start\":{\"line\":1},\"end\":{\"line\":9007199254740993}}]"))
        .containsExactly(new LineRange(1, Integer.MAX_VALUE));
  }

  @Test
  void exitCodesAreZeroWhereGoLeavesThemOut() {
    assertThat(read("gatewayapi.ExitMessage+json", "{}").exitCode()).hasValue(0);
  }

  @Test
  void exitCodesOfWindowsAreNegative() {
    assertThat(read("gatewayapi.ExitMessage+json", "{\"Code\":3221225477}").exitCode())
        .hasValue(0xC0000005);
  }

  @Test
  void exitMessageWinsOverTheText() {
    String text = "process \"x\" did not complete successfully: exit code: 1";
    SolveException.Builder failure =
        SolveException.builder(ErrorCode.FAILED, text).exitCode(1);
    new DetailReader(failure)
        .read(detail(BUILDKIT + "gatewayapi.ExitMessage+json", "{\"Code\":2}"));

    assertThat(failure.build().exitCode()).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "3", "[]", "\"x\"", "{\"digest\":{}}", "{\"info\":[]}"})
  void malformedDetailsSayNothing(String json) {
    for (String kind : List.of(
        "errdefs.Vertex", "errdefs.Source", "errdefs.Frontend", "policysession.DecisionResponse")) {
      assertThat(read(kind + "+json", json)).as(kind).hasMessage("failed to solve: x");
      assertThat(read(kind + "+json", json).vertexDigest()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "3", "[]"})
  void malformedExitMessagesHaveNoExitCode(String json) {
    assertThat(read("gatewayapi.ExitMessage+json", json).exitCode()).isEmpty();
  }

  @Test
  void filesThatAreNoBase64AreEmpty() {
    assertThat(read("errdefs.Source+json", "{\"info\":{\"filename\":\"f\",\"data\":\"%\"}}")
            .sources())
        .containsExactly(new SourceLocation("f", "", "", List.of()));
  }

  private static List<LineRange> lines(String ranges) {
    return read("errdefs.Source+json", source("Dockerfile", ranges))
        .sources()
        .get(0)
        .ranges();
  }

  private static String source(String filename, String ranges) {
    return "{\"info\":{\"filename\":\"" + filename + "\"},\"ranges\":" + ranges + "}";
  }

  private static SolveException read(String vector) {
    return read(requireNonNull(VECTORS.get(vector), vector));
  }

  private static SolveException read(String kind, String json) {
    return read(detail(BUILDKIT + kind, json));
  }

  private static SolveException read(Any... details) {
    SolveException.Builder failure = SolveException.builder(ErrorCode.FAILED, "failed to solve: x");
    DetailReader reader = new DetailReader(failure);
    for (Any detail : details) {
      reader.read(detail);
    }
    return failure.build();
  }

  private static Any detail(String type, String json) {
    return Any.newBuilder()
        .setTypeUrl(type)
        .setValue(ByteString.copyFrom(json, UTF_8))
        .build();
  }
}
