/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.AnyProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.TimestampProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the own .proto files with tables of what BuildKit's Go code speaks: nothing may differ,
 * be missing or be extra, but for the deviations listed here.
 */
final class DescriptorTest {
  /** Our descriptor for each .proto file that Go has. */
  private static final Map<String, FileDescriptor> DESCRIPTORS = Map.ofEntries(
      Map.entry(
          "github.com/moby/buildkit/api/services/control/control.proto",
          ControlProto.getDescriptor()),
      Map.entry("github.com/moby/buildkit/api/types/worker.proto", WorkerProto.getDescriptor()),
      Map.entry(
          "github.com/moby/buildkit/frontend/gateway/pb/gateway.proto",
          GatewayProto.getDescriptor()),
      Map.entry("github.com/moby/buildkit/session/auth/auth.proto", AuthProto.getDescriptor()),
      Map.entry(
          "github.com/moby/buildkit/session/exporter/exporter.proto",
          ExporterProto.getDescriptor()),
      Map.entry(
          "github.com/moby/buildkit/session/filesync/filesync.proto",
          FileSyncProto.getDescriptor()),
      Map.entry(
          "github.com/moby/buildkit/session/secrets/secrets.proto", SecretsProto.getDescriptor()),
      Map.entry("github.com/moby/buildkit/session/sshforward/ssh.proto", SshProto.getDescriptor()),
      Map.entry(
          "github.com/moby/buildkit/session/upload/upload.proto", UploadProto.getDescriptor()),
      Map.entry(
          "github.com/moby/buildkit/solver/errdefs/errdefs.proto", ErrdefsProto.getDescriptor()),
      Map.entry("github.com/moby/buildkit/solver/pb/ops.proto", OpsProto.getDescriptor()),
      Map.entry(
          "github.com/moby/buildkit/sourcepolicy/pb/policy.proto", PolicyProto.getDescriptor()),
      Map.entry(
          "github.com/moby/buildkit/sourcepolicy/policysession/policysession.proto",
          PolicySessionProto.getDescriptor()),
      Map.entry("github.com/moby/buildkit/util/apicaps/pb/caps.proto", CapsProto.getDescriptor()),
      Map.entry("github.com/moby/buildkit/util/stack/stack.proto", StackProto.getDescriptor()),
      Map.entry("github.com/tonistiigi/fsutil/types/stat.proto", StatProto.getDescriptor()),
      Map.entry("github.com/tonistiigi/fsutil/types/wire.proto", WireProto.getDescriptor()),
      Map.entry("google/protobuf/any.proto", AnyProto.getDescriptor()),
      Map.entry("google/protobuf/empty.proto", EmptyProto.getDescriptor()),
      Map.entry("google/protobuf/field_mask.proto", FieldMaskProto.getDescriptor()),
      Map.entry("google/protobuf/timestamp.proto", TimestampProto.getDescriptor()),
      Map.entry("google/rpc/error_details.proto", ErrorDetailsProto.getDescriptor()),
      Map.entry("google/rpc/status.proto", StatusProto.getDescriptor()),
      Map.entry("grpc/health/v1/health.proto", HealthProto.getDescriptor()),
      Map.entry(
          "opentelemetry/proto/collector/trace/v1/trace_service.proto",
          TraceServiceProto.getDescriptor()),
      Map.entry("opentelemetry/proto/common/v1/common.proto", CommonProto.getDescriptor()),
      Map.entry("opentelemetry/proto/resource/v1/resource.proto", ResourceProto.getDescriptor()),
      Map.entry("opentelemetry/proto/trace/v1/trace.proto", TraceProto.getDescriptor()),
      Map.entry("services/content/v1/content.proto", ContentProto.getDescriptor()));

  /**
   * What is different on purpose: facts of Go, and ours instead. Names and texts that may not be
   * UTF-8 are bytes, which are the same on the wire; a field named {@code descriptor} would hide a
   * method of the generated class.
   */
  private static final Map<Fact, Fact> DEVIATIONS = Map.of(
      field("fsutil.types.Stat.path", "1 singular string json path"),
      field("fsutil.types.Stat.path", "1 singular bytes json path"),
      field("fsutil.types.Stat.linkname", "7 singular string json linkname"),
      field("fsutil.types.Stat.linkname", "7 singular bytes json linkname"),
      field("moby.buildkit.v1.Vertex.name", "3 singular string json name"),
      field("moby.buildkit.v1.Vertex.name", "3 singular bytes json name"),
      field("moby.buildkit.v1.Vertex.error", "7 singular string json error"),
      field("moby.buildkit.v1.Vertex.error", "7 singular bytes json error"),
      field("moby.buildkit.v1.VertexStatus.ID", "1 singular string json ID"),
      field("moby.buildkit.v1.VertexStatus.ID", "1 singular bytes json ID"),
      field("moby.buildkit.v1.VertexStatus.name", "3 singular string json name"),
      field("moby.buildkit.v1.VertexStatus.name", "3 singular bytes json name"),
      field(
          "moby.buildkit.v1.frontend.Blob.descriptor",
          "1 singular message moby.buildkit.v1.frontend.Descriptor json descriptor"),
      field(
          "moby.buildkit.v1.frontend.Blob.desc",
          "1 singular message moby.buildkit.v1.frontend.Descriptor json descriptor"));

  @ParameterizedTest(name = "{0}")
  @MethodSource("tables")
  void descriptorsSayWhatGoSays(String protoFile, String table) {
    List<Fact> go = FactTable.facts(table).stream()
        .map(fact -> DEVIATIONS.getOrDefault(fact, fact))
        .toList();
    List<Fact> ours = FactDescriptor.facts(requireNonNull(DESCRIPTORS.get(protoFile), protoFile));

    assertThat(without(ours, go)).as("what only we have").isEmpty();
    assertThat(without(go, ours)).as("what only Go has").isEmpty();
  }

  static Stream<Arguments> tables() {
    return FactTable.index().stream()
        .map(
            row -> Arguments.of(row.get("proto_file").asText(), row.get("table").asText()));
  }

  @Test
  void everyTableIsCompared() {
    assertThat(FactTable.index())
        .extracting(row -> row.get("proto_file").asText())
        .containsExactlyInAnyOrderElementsOf(DESCRIPTORS.keySet());
  }

  @Test
  void everyOwnFileIsCompared() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/protobuf/dev/buildkit/api"))) {
      assertThat(files.map(file -> "dev/buildkit/api/" + file.getFileName()))
          .containsExactlyInAnyOrderElementsOf(DESCRIPTORS.values().stream()
              .map(FileDescriptor::getFullName)
              .filter(name -> !name.startsWith("google/protobuf/"))
              .toList());
    }
  }

  @Test
  void deviationsAreStillDeviations() {
    assertThat(FactTable.index().stream()
            .flatMap(row -> FactTable.facts(row.get("table").asText()).stream()))
        .containsAll(DEVIATIONS.keySet());
  }

  private static List<Fact> without(List<Fact> facts, List<Fact> others) {
    return facts.stream().filter(fact -> !others.contains(fact)).toList();
  }

  private static Fact field(String name, String value) {
    return new Fact("field " + name, value);
  }
}
