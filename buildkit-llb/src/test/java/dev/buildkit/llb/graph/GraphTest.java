/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.Op;
import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.LinuxResources;
import dev.buildkit.llb.Mount;
import dev.buildkit.llb.NetworkMode;
import dev.buildkit.llb.Platform;
import dev.buildkit.llb.RandomGraph;
import dev.buildkit.llb.SourceLocation;
import dev.buildkit.llb.SourceMap;
import dev.buildkit.llb.State;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphTest {
  private static final Constraints ARM = Constraints.none().platform(Platform.LINUX_ARM64);

  private static Vertex result(State state) {
    return Graph.of(state.marshal(ARM)).result().orElseThrow().vertex();
  }

  @Test
  void leadsFromTheResultToTheSources() {
    Definition definition = State.image("alpine").run("make").marshal(ARM);
    Graph graph = Graph.of(definition);

    Edge result = graph.result().orElseThrow();
    assertThat(result.vertex().digest()).isEqualTo(definition.head().orElseThrow());
    assertThat(result.vertex().op()).isInstanceOf(ExecOp.class);
    assertThat(result.vertex().platform()).hasValue(Platform.LINUX_ARM64);
    Vertex source = result.vertex().inputs().get(0).vertex();
    assertThat(source.op())
        .isEqualTo(new SourceOp("docker-image://docker.io/library/alpine:latest", Map.of()));
    assertThat(graph.vertices()).containsExactly(source, result.vertex());
    assertThat(graph.vertex(source.digest())).hasValue(source);
    assertThat(graph).hasToString("Graph[2 operations, head " + result.vertex().digest() + "]");
  }

  @Test
  void theEmptyFileSystemHasNoResult() {
    Graph graph = Graph.of(State.scratch().marshal());

    assertThat(graph.isEmpty()).isTrue();
    assertThat(graph.vertices()).isEmpty();
    assertThat(graph.result()).isEmpty();
    assertThat(graph).hasToString("Graph[0 operations]");
  }

  @Test
  void aCommandIsRead() {
    Exec exec = Exec.args("make", "all")
        .dir("/src")
        .addEnv("A", "b")
        .network(NetworkMode.NONE)
        .addMount(Mount.bind("/in", State.local("x")).readonly())
        .addMount("/out", State.scratch())
        .addSecret("key", "/key");

    Vertex vertex = Graph.of(State.image("alpine").run(exec).mount("/out").marshal(ARM))
        .result()
        .orElseThrow()
        .vertex();
    ExecOp op = (ExecOp) vertex.op();

    assertThat(op.meta().args()).containsExactly("make", "all");
    assertThat(op.meta().env()).containsExactly("A=b");
    assertThat(op.meta().cwd()).isEqualTo("/src");
    assertThat(op.network()).isEqualTo(NetworkMode.NONE);
    assertThat(op.mounts())
        .extracting(ExecOp.Mount::dest)
        .containsExactly("/", "/in", "/out", "/key");
    assertThat(op.mounts()).extracting(ExecOp.Mount::input).containsExactly(0, 1, -1, -1);
    assertThat(op.mounts().get(3).secretOpt())
        .hasValue(new ExecOp.SecretOpt("key", 0, 0, 0400, false));
    assertThat(op.mounts().get(1).readonly()).isTrue();
  }

  @Test
  void changesOfFilesAreRead() {
    Instant time = Instant.ofEpochSecond(7);
    Vertex vertex = result(State.image("alpine")
        .file(
            FileAction.mkfile("/f", 0644, "text").chown("app:5").createdTime(time),
            FileAction.copy(State.image("b"), "/a", "/b/"),
            FileAction.rm("/x")));
    List<FileOp.Action> actions = ((FileOp) vertex.op()).actions();

    FileOp.Mkfile mkfile = (FileOp.Mkfile) actions.get(0).change();
    assertThat(mkfile.data())
        .isEqualTo(ByteBuffer.wrap("text".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(mkfile.timestamp()).hasValue(time);
    assertThat(mkfile.owner())
        .hasValue(new FileOp.ChownOpt(
            Optional.of(new FileOp.ByName("app", 0)), Optional.of(new FileOp.ById(5))));
    FileOp.Copy copy = (FileOp.Copy) actions.get(1).change();
    assertThat(copy.mode()).isEqualTo(OptionalInt.empty());
    assertThat(actions.get(1).secondaryInput()).isEqualTo(1);
    assertThat(actions.get(1).input()).isEqualTo(2);
    assertThat(actions.get(2).change()).isEqualTo(new FileOp.Rm("/x", false, false));
    assertThat(actions).extracting(FileOp.Action::output).containsExactly(-1, -1, 0);
  }

  @Test
  void whatIsSaidOfAnOperationIsRead() {
    SourceMap file = SourceMap.of("Makefile", "Makefile", "all:\n");
    Constraints said = Constraints.none()
        .customName("compile")
        .ignoreCache()
        .exportCache(false)
        .weakProgressGroup("id", "name")
        .linuxResources(LinuxResources.none().memoryBytes(5))
        .addLocation(file.location().range(1, 2, 3, 4));

    Vertex vertex =
        result(State.image("alpine").run(Exec.args("x").constraints(said)).root());

    OpMetadata metadata = vertex.metadata();
    assertThat(metadata.ignoreCache()).isTrue();
    assertThat(metadata.exportCache()).hasValue(false);
    assertThat(metadata.customName()).hasValue("compile");
    assertThat(metadata.description()).containsEntry("llb.customname", "compile");
    assertThat(metadata.progressGroup()).hasValue(new OpMetadata.ProgressGroup("id", "name", true));
    assertThat(metadata.linuxResources().memoryBytes()).hasValue(5);
    assertThat(metadata.linuxResources().cpuShares()).isEmpty();
    assertThat(metadata.caps()).contains("exec.meta.base", "exec.meta.linux.resources");
    assertThat(vertex.name()).isEqualTo("compile");
    assertThat(vertex.locations()).hasSize(1);
    assertThat(vertex.locations().get(0).map().filename()).isEqualTo("Makefile");
    assertThat(vertex.locations().get(0).ranges())
        .containsExactly(new SourceLocation.Range(1, 2, 3, 4));
  }

  @Test
  void namesAreThoseOfTheDaemon() {
    State alpine = State.image("alpine");
    State files = State.scratch()
        .file(
            FileAction.mkdir("/a", 0755),
            FileAction.symlink("/a", "/b"),
            FileAction.mkfile("/c", 0644, ""));
    String image = "docker-image://docker.io/library/alpine:latest";
    String changes = "mkdir /a, symlink /b -> /a, mkfile /c";

    assertThat(result(alpine).name()).isEqualTo(image);
    assertThat(result(files).name()).isEqualTo(changes);
    assertThat(result(State.merge(alpine, files)).name())
        .isEqualTo("merge (" + image + ", " + changes + ")");
    assertThat(result(State.diff(alpine, alpine.run("x").root())).name())
        .isEqualTo("diff (" + image + ") -> (/bin/sh -c x)");
    assertThat(result(alpine.file(FileAction.copy(files, "/a", "/"), FileAction.rm("/x")))
            .name())
        .isEqualTo("copy /a /, rm /x");
  }

  @Test
  void namesThatHoldNamesEnd() {
    State state = State.image("alpine");
    for (int i = 0; i < 300; i++) {
      state = State.merge(state, state.run("x").root());
    }

    assertThat(result(state).name()).hasSize(4097).startsWith("merge (merge (").endsWith("\u2026");
  }

  static Stream<Mutation> mutations() {
    return Ops.full().flatMap(op -> Mutation.of(op).stream());
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void everyFieldCanBeRead(Mutation mutation) {
    Op.OpCase kind = mutation.op().getOpCase();
    Op full = Ops.full().filter(op -> op.getOpCase() == kind).findAny().orElseThrow();

    assertThat(fields(Ops.graph(mutation.op()))).isNotEqualTo(fields(Ops.graph(full)));
  }

  private static List<Object> fields(Graph graph) {
    Vertex vertex = graph.result().orElseThrow().vertex();
    return List.of(vertex.op(), vertex.platform(), vertex.workerFilters());
  }

  @Test
  void operationsOfANewerBuildKitAreRead() {
    UnknownFieldSet fields = UnknownFieldSet.newBuilder()
        .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
        .build();
    Op op = Op.newBuilder()
        .addInputs(Ops.input(Ops.source("a"), 0))
        .setUnknownFields(fields)
        .build();

    Vertex vertex = Ops.graph(op).result().orElseThrow().vertex();

    assertThat(vertex.op()).isEqualTo(new UnknownOp(ByteBuffer.wrap(fields.toByteArray())));
    assertThat(vertex.name()).isEqualTo("unknown");
    assertThat(vertex.inputs()).hasSize(1);
  }

  @Test
  void operationsInAnyOrderComeAfterTheirInputs() {
    Definition chain = State.image("alpine").run("a").root().run("b").marshal(ARM);
    List<ByteString> operations = chain.toProto().getDefList();
    OpsProto.Definition reversed = OpsProto.Definition.newBuilder()
        .addAllDef(
            List.of(operations.get(2), operations.get(1), operations.get(0), operations.get(3)))
        .build();

    assertThat(Graph.of(Definition.parse(reversed.toByteArray())).vertices())
        .extracting(Vertex::name)
        .containsExactly(
            "docker-image://docker.io/library/alpine:latest", "/bin/sh -c a", "/bin/sh -c b");
  }

  @Test
  void whatNoOperationCanHaveIsRefused() {
    Op.Builder exec = Op.newBuilder();
    exec.getExecBuilder().addMountsBuilder().setDest("/").setInput(3);
    assertRefused(
        exec.build(),
        "exec.mounts[/].input must be between -1 and -1, but is: 3; make the definition anew with"
            + " State.marshal or another BuildKit client");
    exec.getExecBuilder().getMountsBuilder(0).setInput(-1);
    exec.getExecBuilder().setNetworkValue(7);
    assertRefused(
        exec.build(), "exec.network is 7, which this version does not know; use a newer one");
    Op.Builder diff = Op.newBuilder();
    diff.getDiffBuilder();
    assertRefused(
        diff.build(),
        "diff.lower and diff.upper must both be there; make the definition anew with State.marshal"
            + " or another BuildKit client");
  }

  private static void assertRefused(Op op, String reason) {
    Definition definition = Ops.definition(op);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Graph.of(definition))
        .withMessage("read graph: operation " + definition.head().orElseThrow() + ": " + reason);
  }

  @Property
  void whatParsedIsAGraphOrRefused(@ForAll @IntRange(max = 400) int at, @ForAll byte value) {
    byte[] bytes = Ops.definition(
            Ops.source("a"), Ops.source("b"), Ops.full().findFirst().orElseThrow())
        .toByteArray();
    bytes[at % bytes.length] = value;

    assertThatCode(() -> {
          try {
            GraphPrinter.tree().print(Graph.of(Definition.parse(bytes)));
          } catch (IllegalArgumentException expected) {
            assertThat(expected).hasMessageMatching("(?s)(parse|read) .*");
          }
        })
        .doesNotThrowAnyException();
  }

  @Property
  void everyVertexComesAfterItsInputsAndOnce(@ForAll @Size(max = 40) int[] seeds) {
    Set<Vertex> seen = new HashSet<>();
    Graph graph = Graph.of(new RandomGraph(seeds).shared().marshal());

    for (Vertex vertex : graph.vertices()) {
      assertThat(seen).containsAll(vertex.inputs().stream().map(Edge::vertex).toList());
      assertThat(seen.add(vertex)).isTrue();
      assertThat(graph.vertex(vertex.digest())).hasValue(vertex);
    }
  }
}
