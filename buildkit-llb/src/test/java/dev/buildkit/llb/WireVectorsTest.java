/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.util.JsonFormat;
import dev.buildkit.api.OpsProto;
import dev.buildkit.llb.Cases.Values;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Graphs with many options at once have the operations that BuildKit's Go client makes of them. */
class WireVectorsTest {
  private static final JsonNode CASES = Vector.read("wire_llb.json").get("cases");

  @TestFactory
  Stream<DynamicTest> vector() {
    return StreamSupport.stream(CASES.spliterator(), false)
        .map(json -> DynamicTest.dynamicTest(json.get("case").asText(), () -> check(json)));
  }

  @Test
  void everyVectorHasAGraph() {
    Set<String> vectors = new TreeSet<>();
    CASES.forEach(json -> vectors.add("wire/" + json.get("case").asText()));

    assertThat(WireCases.CASES.names()).isEqualTo(vectors);
  }

  private static void check(JsonNode json) throws Exception {
    String name = json.get("case").asText();
    State state = requireNonNull(WireCases.CASES.graph("wire/" + name)).apply(new Values());
    OpsProto.Definition definition = state.marshal(constraints(name)).toProto();

    List<String> expected = new ArrayList<>();
    List<String> actual = new ArrayList<>();
    for (JsonNode op : json.get("ops_in_definition_order")) {
      String caps = String.join(" ", caps(op.get("metadata_caps")));
      expected.add(op.get("digest").asText() + " " + op.get("hex").asText() + " " + caps);
    }
    definition.getDefList().forEach(bytes -> {
      String digest = Digest.sha256(bytes.toByteArray()).toString();
      Set<String> caps =
          new TreeSet<>(definition.getMetadataOrThrow(digest).getCapsMap().keySet());
      String hex = HexFormat.of().formatHex(bytes.toByteArray());
      actual.add(digest + " " + hex + " " + String.join(" ", caps));
    });
    assertThat(actual).isEqualTo(expected);
    if (json.has("source_protojson")) {
      OpsProto.Source.Builder source = OpsProto.Source.newBuilder();
      JsonFormat.parser().merge(json.get("source_protojson").toString(), source);
      assertThat(definition.getSource()).isEqualTo(source.build());
    }
  }

  private static Set<String> caps(JsonNode list) {
    Set<String> caps = new TreeSet<>();
    list.forEach(cap -> caps.add(cap.asText()));
    return caps;
  }

  private static Constraints constraints(String name) {
    Constraints constraints = Constraints.none()
        .platform(Platform.LINUX_AMD64)
        .localUniqueId("uniqueid0000000000000000u");
    return switch (name) {
      case "exec-with-caps" -> constraints.caps(List.of("exec.meta.setsdefaultpath"));
      case "exec-without-defaultpath-cap" -> constraints.caps(List.of("exec.meta.base"));
      default -> constraints;
    };
  }
}
