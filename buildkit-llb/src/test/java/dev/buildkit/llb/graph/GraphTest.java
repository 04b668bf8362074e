/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.CacheOpt;
import dev.buildkit.api.OpsProto.CacheSharingOpt;
import dev.buildkit.api.OpsProto.MountContentCache;
import dev.buildkit.api.OpsProto.MountType;
import dev.buildkit.api.OpsProto.NetMode;
import dev.buildkit.api.OpsProto.Op;
import dev.buildkit.api.OpsProto.SSHOpt;
import dev.buildkit.api.OpsProto.SecretOpt;
import dev.buildkit.api.OpsProto.SecurityMode;
import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.LinuxResources;
import dev.buildkit.llb.Mount;
import dev.buildkit.llb.NetworkMode;
import dev.buildkit.llb.Platform;
import dev.buildkit.llb.ProxyEnv;
import dev.buildkit.llb.RandomGraph;
import dev.buildkit.llb.SourceLocation;
import dev.buildkit.llb.SourceMap;
import dev.buildkit.llb.State;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphTest {
  private static final String REMEDY =
      "; make the definition anew with State.marshal or another BuildKit client";
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
            FileAction.copy(State.image("b"), "/a", "/b/").chmod(0),
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
    assertThat(((FileOp.Copy) actions.get(2).change()).mode()).hasValue(0);
    assertThat(actions.get(3).change()).isEqualTo(new FileOp.Rm("/x", false, false));
    assertThat(actions).extracting(FileOp.Action::output).containsExactly(-1, -1, -1, 0);
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
  void allThatIsSaidIsReadUnderItsName() {
    OpsProto.OpMetadata.Builder said = OpsProto.OpMetadata.newBuilder()
        .setIgnoreCache(true)
        .putDescription("a", "b")
        .putCaps("used", true)
        .putCaps("unused", false)
        .setExportCache(OpsProto.ExportCache.newBuilder().setValue(true))
        .setProgressGroup(OpsProto.ProgressGroup.newBuilder().setId("id").setName("name"))
        .setLinuxResources(OpsProto.LinuxResources.newBuilder()
            .setCpusetCpus("0-3")
            .setCpusetMems("0,1")
            .setMemory(1)
            .setMemorySwap(2)
            .setCpuShares(3)
            .setCpuPeriod(4)
            .setCpuQuota(5));

    assertThat(MetadataReader.read(said.build()))
        .isEqualTo(new OpMetadata(
            true,
            Map.of("a", "b"),
            Optional.of(true),
            Optional.of(new OpMetadata.ProgressGroup("id", "name", false)),
            LinuxResources.none()
                .cpusetCpus("0-3")
                .cpusetMems("0,1")
                .memoryBytes(1)
                .memorySwapBytes(2)
                .cpuShares(3)
                .cpuPeriodMicros(4)
                .cpuQuotaMicros(5),
            Set.of("used")));
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
  void namesAreThoseOfTheDaemonInRareCasesToo() {
    State alpine = State.image("alpine");
    State named = alpine.run(Exec.args("x").constraints(Constraints.none().customName("N")));
    Op.Builder file = Op.newBuilder();
    OpsProto.FileAction.Builder action = file.getFileBuilder().addActionsBuilder();
    action.setInput(-1).setSecondaryInput(-1).setOutput(-1);
    file.getFileBuilder()
        .addActions(
            action.clone().setOutput(0).setRm(OpsProto.FileActionRm.newBuilder().setPath("/x")));

    assertThat(result(State.merge(named, alpine.requires("late", named))).name())
        .isEqualTo("merge (N, passthrough late)");
    assertThat(result(State.diff(named, State.scratch())).name()).isEqualTo("diff (N) -> scratch");
    assertThat(result(State.local("x").nestedBuild()).name()).isEqualTo("build");
    assertThat(result(file.build()).name()).isEqualTo("rm /x");
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
    Op full = full(mutation.op().getOpCase());

    assertThat(fields(Ops.graph(mutation.op()))).isNotEqualTo(fields(Ops.graph(full)));
  }

  static Stream<Mutation> mutationsThatTextsShow() {
    return mutations()
        .filter(mutation ->
            !mutation.path().matches("(platform|constraints|exec\\.meta\\.proxy_env)\\..*"));
  }

  @ParameterizedTest
  @MethodSource("mutationsThatTextsShow")
  void everyFieldIsReadUnderItsOwnName(Mutation mutation) {
    String before = result(full(mutation.op().getOpCase())).op().toString();
    String after = result(mutation.op()).op().toString();

    String same = after.substring(0, Arrays.mismatch(before.toCharArray(), after.toCharArray()));

    assertThat(same.replaceAll("(?s).*\\W(\\w+)=.*", "$1"))
        .isEqualToIgnoringCase(component(mutation.path()));
  }

  /** Returns the name of the component that holds the field at a path. */
  private static String component(String path) {
    String name = path.replaceAll("\\[\\d+]", "")
        .replaceAll("^((build|diff|merge)\\..*)\\.input$", "$1")
        .replaceAll(".*?(\\w+)]?$", "$1")
        .replace("_", "");
    // The text of a buffer shows its limit.
    return Map.of("size", "sizeBytes", "byID", "id", "data", "lim").getOrDefault(name, name);
  }

  @Test
  void proxiesAndPlatformAreRead() {
    Vertex vertex = result(full(Op.OpCase.EXEC));

    assertThat(((ExecOp) vertex.op()).meta().proxyEnv())
        .isEqualTo(ProxyEnv.none()
            .httpProxy("http_proxy")
            .httpsProxy("https_proxy")
            .ftpProxy("ftp_proxy")
            .noProxy("no_proxy")
            .allProxy("all_proxy"));
    assertThat(vertex.platform())
        .hasValue(Platform.of("OS", "Architecture")
            .variant("Variant")
            .osVersion("OSVersion")
            .osFeatures(List.of("OSFeatures")));
  }

  @Test
  void choicesAreReadByTheirNames() {
    OpsProto.Mount.Builder mount = OpsProto.Mount.newBuilder();
    assertNames(
        MountType.values(), type -> mount(mount.clone().setMountType(type)).mountType());
    assertNames(
        MountContentCache.values(),
        cache -> mount(mount.clone().setContentCache(cache)).contentCache());
    assertNames(
        CacheSharingOpt.values(),
        sharing -> mount(mount.clone().setCacheOpt(CacheOpt.newBuilder().setSharing(sharing)))
            .cacheOpt()
            .orElseThrow()
            .sharing());
    OpsProto.ExecOp.Builder exec = OpsProto.ExecOp.newBuilder();
    assertNames(
        SecurityMode.values(),
        security -> exec(exec.clone().setSecurity(security)).security());
    assertThat(exec(exec).network()).isEqualTo(NetworkMode.SANDBOX);
    assertThat(exec(exec.setNetwork(NetMode.HOST)).network()).isEqualTo(NetworkMode.HOST);
    assertThat(exec(exec.setNetwork(NetMode.NONE)).network()).isEqualTo(NetworkMode.NONE);
  }

  private static <E extends Enum<E>> void assertNames(E[] choices, Function<E, Enum<?>> read) {
    assertThat(choices)
        .filteredOn(choice -> !choice.name().equals("UNRECOGNIZED"))
        .allSatisfy(choice -> assertThat(read.apply(choice).name()).isEqualTo(choice.name()));
  }

  private static ExecOp exec(OpsProto.ExecOp.Builder exec) {
    OpsProto.Mount root = OpsProto.Mount.newBuilder().setInput(-1).setDest("/").build();
    return (ExecOp)
        result(Op.newBuilder().setExec(exec.clone().addMounts(root)).build()).op();
  }

  private static ExecOp.Mount mount(OpsProto.Mount.Builder mount) {
    return exec(OpsProto.ExecOp.newBuilder().addMounts(mount.setInput(-1)))
        .mounts()
        .get(0);
  }

  @Test
  void idsHaveNoSign() {
    ExecOp.Mount mount = mount(OpsProto.Mount.newBuilder()
        .setSecretOpt(SecretOpt.newBuilder().setUid(-1).setGid(-2))
        .setSSHOpt(SSHOpt.newBuilder().setUid(-3).setGid(-4)));
    Op.Builder file = Op.newBuilder();
    file.getFileBuilder()
        .addActionsBuilder()
        .setInput(-1)
        .setSecondaryInput(-1)
        .getMkdirBuilder()
        .getOwnerBuilder()
        .getUserBuilder()
        .setByID(-5);
    FileOp op = (FileOp) result(file.build()).op();

    assertThat(mount.secretOpt())
        .hasValue(new ExecOp.SecretOpt("", 0xffff_ffffL, 0xffff_fffeL, 0, false));
    assertThat(mount.sshOpt())
        .hasValue(new ExecOp.SshOpt("", 0xffff_fffdL, 0xffff_fffcL, 0, false));
    assertThat(((FileOp.Mkdir) op.actions().get(0).change()).owner())
        .hasValue(
            new FileOp.ChownOpt(Optional.of(new FileOp.ById(0xffff_fffbL)), Optional.empty()));
  }

  @Test
  void anEmptyDefinitionToBuildIsNone() {
    Op.Builder op = Op.newBuilder();
    op.getBuildBuilder().setBuilder(-1).setDef(OpsProto.Definition.getDefaultInstance());

    assertThat(result(op.build()).op())
        .isEqualTo(new BuildOp(-1, Map.of(), Optional.empty(), Map.of()));
  }

  @Test
  void whatRecordsHoldIsInOrderAndTheirOwn() {
    byte[] bytes = {1};
    ByteBuffer content = ByteBuffer.wrap(bytes);
    UnknownOp op = new UnknownOp(content);
    bytes[0] = 2;
    Map<String, String> attrs = new LinkedHashMap<>(Map.of("b", "1"));
    attrs.put("a", "2");

    assertThat(content.remaining()).isEqualTo(1);
    assertThat(op.content().get()).isEqualTo((byte) 1);
    assertThat(op.content().remaining()).isEqualTo(1);
    assertThat(new SourceOp("x", attrs).attrs()).hasToString("{a=2, b=1}");
  }

  private static Op full(Op.OpCase kind) {
    return Ops.full().filter(op -> op.getOpCase() == kind).findAny().orElseThrow();
  }

  private static Vertex result(Op op) {
    return Ops.graph(op).result().orElseThrow().vertex();
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

    List<Vertex> vertices = Graph.of(Definition.parse(reversed.toByteArray())).vertices();

    assertThat(vertices.get(2).inputs().get(0).vertex()).isSameAs(vertices.get(1));
    assertThat(vertices)
        .extracting(Vertex::name)
        .containsExactly(
            "docker-image://docker.io/library/alpine:latest", "/bin/sh -c a", "/bin/sh -c b");
  }

  @Test
  void whatNoOperationCanHaveIsRefused() {
    Op.Builder exec = Op.newBuilder();
    exec.getExecBuilder().addMountsBuilder().setDest("/");
    assertRefused(
        exec.build(), "exec.mounts[/].input must be between -1 and -1, but is: 0" + REMEDY);
    exec.getExecBuilder().getMountsBuilder(0).setInput(-1).setOutput(1);
    assertRefused(
        exec.build(), "exec.mounts[/].output must be between -1 and 0, but is: 1" + REMEDY);
    exec.getExecBuilder().getMountsBuilder(0).setOutput(0);
    exec.getExecBuilder().setNetworkValue(7);
    assertRefused(
        exec.build(), "exec.network is 7, which this version does not know; use a newer one");
    Op.Builder diff = Op.newBuilder();
    diff.getDiffBuilder().getLowerBuilder().setInput(-1);
    assertRefused(diff.build(), "diff.lower and diff.upper must both be there" + REMEDY);
    Op.Builder source = Ops.source("a").toBuilder();
    source.getPlatformBuilder().setOS("linux");
    assertRefused(
        source.build(), "its platform has no operating system or no architecture" + REMEDY);
  }

  @Test
  void actionsReadOnlyWhatCameBefore() {
    Op.Builder file = Op.newBuilder().addInputs(Ops.input(Ops.source("a"), 0));
    file.getFileBuilder().addActionsBuilder().setOutput(-1).getMkdirBuilder();
    OpsProto.FileAction.Builder second =
        file.getFileBuilder().addActionsBuilder().setInput(2);
    assertRefused(file, "file.actions[1].input must be between -1 and 1, but is: 2" + REMEDY);
    second.setInput(1).setSecondaryInput(2);
    assertRefused(
        file, "file.actions[1].secondaryInput must be between -1 and 1, but is: 2" + REMEDY);
    second.setSecondaryInput(-1).setOutput(2);
    assertRefused(file, "file.actions[1].output must be between -1 and 1, but is: 2" + REMEDY);
    second.setOutput(0);
    second
        .getMkdirBuilder()
        .getOwnerBuilder()
        .getUserBuilder()
        .getByNameBuilder()
        .setInput(3);
    assertRefused(file, "byName.input must be between -1 and 2, but is: 3" + REMEDY);
  }

  private static void assertRefused(Op.Builder file, String reason) {
    Definition definition = Ops.definition(Ops.source("a"), file.build());
    assertRefused(definition, reason);
  }

  private static void assertRefused(Op op, String reason) {
    assertRefused(Ops.definition(op), reason);
  }

  private static void assertRefused(Definition definition, String reason) {
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
