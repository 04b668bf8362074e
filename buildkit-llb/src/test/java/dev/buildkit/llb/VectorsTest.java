/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.buildkit.api.OpsProto;
import dev.buildkit.llb.Cases.Failure;
import dev.buildkit.llb.Cases.Values;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every graph has the definition that BuildKit's Go client makes of it, byte for byte. */
class VectorsTest {
  private static final List<Cases> CASES = List.of(
      ScratchCases.CASES,
      ImageCases.CASES,
      LocalCases.CASES,
      GitCases.CASES,
      HttpCases.CASES,
      OciCases.LAYOUT,
      OciCases.BLOB,
      ExecCases.CASES,
      MountCases.CASES,
      SecretCases.CASES,
      SshCases.CASES,
      FileCases.CASES,
      MergeDiffCases.MERGE,
      MergeDiffCases.DIFF,
      OtherCases.BUILD,
      OtherCases.DEFINITION,
      OtherCases.PASSTHROUGH,
      StateCases.CASES,
      MetaCases.CASES,
      AsyncCases.CASES,
      SourceMapCases.CASES,
      GraphCases.CASES);

  @TestFactory
  Stream<DynamicTest> vector() {
    return Vector.all().stream()
        .filter(vector -> CASES.stream().anyMatch(cases -> cases.canBeWritten(vector.name())))
        .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> check(vector)));
  }

  @Test
  void everyVectorHasAGraph() {
    Set<String> written = new TreeSet<>();
    CASES.forEach(cases -> written.addAll(cases.names()));

    assertThat(written)
        .isEqualTo(new TreeSet<>(Vector.all().stream().map(Vector::name).toList()));
  }

  private static void check(Vector vector) throws Exception {
    for (Cases cases : CASES) {
      Failure failure = cases.failure(vector.name());
      Function<Values, State> graph = cases.graph(vector.name());
      if (failure != null) {
        assertThat(vector.has("error")).as("the vector is an error").isTrue();
        assertThatThrownBy(failure.attempt()::get)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(failure.message());
      } else if (graph != null) {
        check(vector, graph);
      }
    }
  }

  private static void check(Vector vector, Function<Values, State> graph) throws Exception {
    Values values = new Values();
    State state = graph.apply(values);
    Definition definition = state.marshal(vector.constraints());

    assertThat(vector.has("error")).as("the vector is an error").isFalse();
    assertThat(vector.has("also")).as("the vector has more").isFalse();
    if (vector.has("values")) {
      assertThat(values.json()).isEqualTo(vector.json().get("values"));
    }
    assertThat(definition.head().map(Digest::toString).orElse(""))
        .isEqualTo(vector.json().get("head").asText());
    assertThat(definition.headIndex()).isEqualTo(vector.json().get("headIndex").asInt());
    if (vector.has("big")) {
      checkBig(definition, vector.json().get("big"));
    } else {
      checkOperations(definition, vector.json().path("ops"));
      checkMetadata(definition, vector.json());
      assertThat(definition.toByteArray()).isEqualTo(vector.definition());
    }
  }

  private static void checkOperations(Definition definition, JsonNode operations)
      throws InvalidProtocolBufferException {
    List<ByteString> bytes = definition.toProto().getDefList();
    for (int i = 0; i < Math.min(bytes.size(), operations.size()); i++) {
      byte[] expected =
          Base64.getDecoder().decode(operations.get(i).get("bytes").asText());
      // Read both first: a difference between messages says more than one between bytes.
      assertThat(OpsProto.Op.parseFrom(bytes.get(i)))
          .as("operation %d", i)
          .isEqualTo(OpsProto.Op.parseFrom(expected));
      assertThat(bytes.get(i).toByteArray()).as("bytes of operation %d", i).isEqualTo(expected);
      assertThat(Digest.sha256(bytes.get(i).toByteArray()))
          .hasToString(operations.get(i).get("digest").asText());
    }
    assertThat(bytes).hasSize(operations.size());
  }

  private static void checkMetadata(Definition definition, JsonNode vector)
      throws InvalidProtocolBufferException {
    Map<String, OpsProto.OpMetadata> expected = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : vector.path("metadata").properties()) {
      OpsProto.OpMetadata.Builder metadata = OpsProto.OpMetadata.newBuilder();
      JsonFormat.parser().merge(entry.getValue().toString(), metadata);
      expected.put(entry.getKey(), metadata.build());
    }
    assertThat(definition.toProto().getMetadataMap()).isEqualTo(expected);
    if (vector.has("source")) {
      OpsProto.Source.Builder source = OpsProto.Source.newBuilder();
      JsonFormat.parser().merge(vector.get("source").toString(), source);
      assertThat(definition.toProto().getSource()).isEqualTo(source.build());
    }
  }

  private static void checkBig(Definition definition, JsonNode big) {
    StringBuilder digests = new StringBuilder();
    for (ByteString bytes : definition.toProto().getDefList()) {
      digests.append(Digest.sha256(bytes.toByteArray())).append('\n');
    }
    byte[] all = definition.toByteArray();

    assertThat(definition.toProto().getDefCount()).isEqualTo(big.get("opCount").asInt());
    assertThat(
            Digest.sha256(digests.toString().getBytes(StandardCharsets.UTF_8)).hex())
        .isEqualTo(hex(big.get("opDigestsSha256").asText()));
    assertThat(all).hasSize(big.get("definitionSize").asInt());
    assertThat(Digest.sha256(all).hex())
        .isEqualTo(hex(big.get("definitionSha256").asText()));
  }

  private static String hex(String digest) {
    return digest.substring(digest.indexOf(':') + 1);
  }
}
