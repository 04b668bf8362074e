/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.buildkit.api.OpsProto;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.State;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Names and order are those of Go's {@code encoding/json}; what a Dockerfile has is in the recordings. */
class DefinitionJsonTest {
  private static final OpsProto.Definition GRAPH = State.local("src").marshal().toProto();

  @Test
  void allOfTheMetadataIsWritten() {
    OpsProto.OpMetadata metadata = OpsProto.OpMetadata.newBuilder()
        .setIgnoreCache(true)
        .putDescription("b", "2")
        .putDescription("a", "1")
        .setExportCache(OpsProto.ExportCache.getDefaultInstance())
        .putCaps("c", true)
        .setProgressGroup(OpsProto.ProgressGroup.newBuilder().setId("g").setWeak(true))
        .setLinuxResources(
            OpsProto.LinuxResources.newBuilder().setMemory(1 << 20).setCpusetCpus("0-1"))
        .build();
    Definition definition = Definition.parse(GRAPH.toBuilder()
        .clearMetadata()
        .putMetadata("sha256:x", metadata)
        .clearSource()
        .build()
        .toByteArray());

    assertThat(DefinitionJson.of(definition))
        .hasToString("{\"def\":[" + operations() + "],"
            + "\"metadata\":{\"sha256:x\":{\"ignore_cache\":true,"
            + "\"description\":{\"a\":\"1\",\"b\":\"2\"},\"export_cache\":{},"
            + "\"caps\":{\"c\":true},\"progress_group\":{\"id\":\"g\",\"weak\":true},"
            + "\"linux_resources\":{\"memory\":1048576,\"cpusetCpus\":\"0-1\"}}}}");
  }

  @Test
  void placesAreWritten() {
    OpsProto.Range range = OpsProto.Range.newBuilder()
        .setStart(OpsProto.Position.newBuilder().setLine(2).setCharacter(3))
        .setEnd(OpsProto.Position.newBuilder().setLine(4))
        .build();
    OpsProto.Source source = OpsProto.Source.newBuilder()
        .putLocations(
            "sha256:x",
            OpsProto.Locations.newBuilder()
                .addLocations(OpsProto.Location.newBuilder().setSourceIndex(1).addRanges(range))
                .build())
        .addInfos(OpsProto.SourceInfo.newBuilder()
            .setFilename("Dockerfile")
            .setData(ByteString.copyFrom("FROM a", UTF_8))
            .setLanguage("Dockerfile"))
        .build();
    Definition definition = Definition.parse(
        GRAPH.toBuilder().clearMetadata().setSource(source).build().toByteArray());

    assertThat(DefinitionJson.of(definition))
        .hasToString("{\"def\":[" + operations() + "],"
            + "\"Source\":{\"locations\":{\"sha256:x\":{\"locations\":[{\"sourceIndex\":1,"
            + "\"ranges\":[{\"start\":{\"line\":2,\"character\":3},\"end\":{\"line\":4}}]}]}},"
            + "\"infos\":[{\"filename\":\"Dockerfile\",\"data\":\"RlJPTSBh\","
            + "\"language\":\"Dockerfile\"}]}}");
  }

  private static String operations() {
    return GRAPH.getDefList().stream()
        .map(operation -> "\"" + Base64.getEncoder().encodeToString(operation.toByteArray()) + "\"")
        .reduce((first, second) -> first + "," + second)
        .orElseThrow();
  }
}
