/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.Op;
import dev.buildkit.api.OpsProto.UserOpt;
import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Digest;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.Platform;
import dev.buildkit.llb.RandomGraph;
import dev.buildkit.llb.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphDiffTest {
  private static final State ALPINE = State.image("alpine");

  private static Graph graph(State state) {
    return Graph.of(state.marshal(Constraints.none().platform(Platform.LINUX_AMD64)));
  }

  private static GraphDiff diff(State before, State after) {
    return GraphDiff.between(graph(before), graph(after));
  }

  private static State chain(State state, String... commands) {
    for (String command : commands) {
      state = state.run(Exec.args(command)).root();
    }
    return state;
  }

  @Test
  void anInsertedStepIsTheOnlyCause() {
    assertThat(diff(chain(ALPINE, "a", "b", "c"), chain(ALPINE, "a", "new", "b", "c")))
        .hasToString("""
            added: new
            affected: b
            affected: c
            """);
  }

  @Test
  void aRemovedStepIsTheOnlyCause() {
    assertThat(diff(chain(ALPINE, "a", "b", "c"), chain(ALPINE, "b", "c"))).hasToString("""
        removed: a
        affected: b
        affected: c
        """);
  }

  @Test
  void aStepLikeItsNeighboursIsFoundToo() {
    assertThat(diff(chain(ALPINE, "a", "x", "x", "b"), chain(ALPINE, "a", "x", "x", "x", "b")))
        .hasToString("""
            added: x
            affected: b
            """);
    assertThat(diff(chain(ALPINE, "x", "x", "b"), chain(ALPINE, "new", "x", "x", "b")))
        .hasToString("""
            added: new
            affected: x
            affected: x
            affected: b
            """);
  }

  @Test
  void changedFieldsAreNamed() {
    Exec before = Exec.args("make", "all")
        .addEnv("A", "1")
        .addEnv("GONE", "x")
        .addMount("/src", State.local("src"));
    Exec after = Exec.args("make", "-j", "all")
        .addEnv("A", "2")
        .addMount("/cache", State.image("b"))
        .addMount("/src", State.local("src"));
    Constraints fixed = Constraints.none().platform(Platform.LINUX_AMD64).localUniqueId("");

    assertThat(GraphDiff.between(
            Graph.of(ALPINE.run(before).root().run("next").root().marshal(fixed)),
            Graph.of(ALPINE.run(after).root().run("next").root().marshal(fixed))))
        .hasToString("""
            added: docker-image://docker.io/library/b:latest
            changed: make -j all
              exec.meta.args[1]: nothing -> "-j"
              exec.meta.env[A]: "1" -> "2"
              exec.meta.env[GONE]: "x" -> nothing
              exec.mounts[/cache]: nothing -> "{input: docker-image://docker.io/library/b:latest, dest: /cache, output: 1}"
            affected: /bin/sh -c next
            """);
  }

  @Test
  void whatAReaderUsesForTheSameIsComparedHoweverFarApart() {
    State before = chain(State.image("alpine:3.21"), "a", "b");
    State after = chain(State.image("alpine:3.22"), "a", "b2");

    assertThat(diff(State.diff(ALPINE, before), State.diff(ALPINE, after))).hasToString("""
        changed: docker-image://docker.io/library/alpine:3.22
          source.identifier: "docker-image://docker.io/library/alpine:3.21" -> "docker-image://docker.io/library/alpine:3.22"
        changed: b2
          exec.meta.args[0]: "b" -> "b2"
        affected: a
        affected: diff (docker-image://docker.io/library/alpine:latest) -> (b2)
        """);
  }

  @Test
  void inputsThatChangePlacesAreNamed() {
    State a = ALPINE;
    State b = State.image("b");

    assertThat(diff(State.merge(a, b), State.merge(b, a)).causes())
        .singleElement()
        .extracting(VertexDiff::fields)
        .asString()
        .contains("merge.inputs[0].input: ", "merge.inputs[1].input: ");
    assertThat(diff(State.merge(a, b), State.merge(State.image("c"), a, b))).hasToString("""
        added: docker-image://docker.io/library/c:latest
        changed: merge (docker-image://docker.io/library/c:latest, docker-image://docker.io/library/alpine:latest, do…
          merge.inputs[0]: nothing -> "{input: docker-image://docker.io/library/c:latest}"
        """);
  }

  @Test
  void anotherKindOfOperationIsAnotherOperation() {
    GraphDiff diff = diff(chain(ALPINE, "a"), ALPINE.file(FileAction.mkdir("/a", 0755)));

    assertThat(diff).hasToString("added: mkdir /a\nremoved: a\n");
    assertThat(diff.causes().get(0).before()).isEmpty();
    assertThat(diff.causes().get(1).after()).isEmpty();
  }

  @Test
  void anotherOutputIsAnotherResult() {
    var exec = ALPINE.run(Exec.args("x").addMount("/out", State.scratch()));

    GraphDiff diff = diff(exec.root(), exec.mount("/out"));

    assertThat(diff.isEmpty()).isFalse();
    assertThat(diff).hasToString("result: \"x\" -> \"x -> /out\"\n");
  }

  @Test
  void descriptionsAreApart() {
    GraphDiff diff = diff(
        chain(ALPINE, "a"),
        ALPINE
            .run(Exec.args("a").constraints(Constraints.none().customName("A")))
            .root());

    assertThat(diff.isEmpty()).isTrue();
    assertThat(diff).hasToString("""
        described: A
          metadata.description[llb.customname]: nothing -> "A"
        """);
  }

  @Test
  void passwordsAreNotShown() {
    State before = ALPINE
        .run(Exec.args("x").addEnv("PROXY", "http://user:secret@proxy:80"))
        .root();
    State after =
        ALPINE.run(Exec.args("x").addEnv("PROXY", "http://user:other@proxy:80")).root();

    assertThat(diff(before, after)).hasToString("""
        changed: x
          exec.meta.env[PROXY]: "http://proxy:80" -> "http://proxy:80"
        """);
  }

  @Test
  void allPasswordsOfAValueAndContentsOfFilesAreLeftOut() {
    State before = state("http://u:one@a http://u:two@b", "secret");
    State after = state("http://u:three@a http://u:four@c", "SECRET!");

    assertThat(diff(before, after)).hasToString("""
        changed: mkfile /f
          file.actions[0].mkfile.data: "6 bytes, sha256:2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b" -> "7 bytes, sha256:1943a345ecef300c1ee39edc43270bf18620360f2eb57d49a575337e4adba15e"
        changed: x
          exec.meta.env[A]: "http://a http://b" -> "http://a http://c"
        """);
  }

  private static State state(String variable, String content) {
    return State.scratch()
        .file(FileAction.mkfile("/f", 0600, content))
        .run(Exec.args("x").addEnv("A", variable));
  }

  @Test
  void elementsOfListsAreNamed() {
    Op.Builder before = Op.newBuilder();
    OpsProto.ExecOp.Builder exec = before.getExecBuilder();
    exec.addMountsBuilder().setInput(-1).setDest("/");
    exec.addMountsBuilder().setInput(-1).setDest("/in").setOutput(1);
    exec.getMetaBuilder()
        .addEnv("A=a=b")
        .addEnv("TWICE=1")
        .addEnv("TWICE=2")
        .addArgs("x")
        .addArgs("x");
    exec.getMetaBuilder().addUlimitBuilder().setName("nofile");
    exec.getMetaBuilder().addExtraHostsBuilder().setHost("host");
    exec.addSecretenvBuilder().setName("TOKEN");
    exec.addCdiDevicesBuilder().setName("gpu");
    Op.Builder after = before.clone();
    exec = after.getExecBuilder();
    exec.getMountsBuilder(1).setReadonly(true).setOutput(-1);
    exec.getMetaBuilder().setEnv(0, "A=c=b").setEnv(2, "TWICE=3").clearArgs().addArgs("x");
    exec.getMetaBuilder().getUlimitBuilder(0).setSoft(1);
    exec.getMetaBuilder().getExtraHostsBuilder(0).setIP("::1");
    exec.getSecretenvBuilder(0).setOptional(true);
    exec.getCdiDevicesBuilder(0).setOptional(true);

    assertThat(fields(before, after))
        .containsExactly(
            "exec.meta.args[1]: \"x\" -> nothing",
            "exec.meta.env[A]: \"a=b\" -> \"c=b\"",
            "exec.meta.env[TWICE#2]: \"2\" -> \"3\"",
            "exec.meta.extraHosts[host].ip: \"\" -> \"::1\"",
            "exec.meta.ulimit[nofile].soft: \"0\" -> \"1\"",
            "exec.mounts[/in].output: \"1\" -> \"-1\"",
            "exec.mounts[/in].readonly: \"false\" -> \"true\"",
            "exec.secretenv[TOKEN].optional: \"false\" -> \"true\"",
            "exec.cdiDevices[gpu].optional: \"false\" -> \"true\"");
  }

  private static Stream<String> fields(Op.Builder before, Op.Builder after) {
    return GraphDiff.between(Ops.graph(before.build()), Ops.graph(after.build())).causes().stream()
        .flatMap(cause -> cause.fields().stream())
        .map(FieldDiff::toString);
  }

  @Test
  void entriesOfMapsAreComparedInOrder() {
    Op.Builder before = Ops.source("c").toBuilder();
    Op.Builder after = before.clone();
    IntStream.range(10, 30).forEach(i -> after.getSourceBuilder().putAttrs("k" + i, "v"));

    assertThat(fields(before, after).toList())
        .hasSize(20)
        .isSorted()
        .startsWith("source.attrs[k10]: nothing -> \"v\"");
  }

  @Test
  void ownersAreComparedWhateverTheyAreNamedBy() {
    Op.Builder before = Op.newBuilder();
    UserOpt.Builder user = before
        .getFileBuilder()
        .addActionsBuilder()
        .setInput(-1)
        .setSecondaryInput(-1)
        .getMkdirBuilder()
        .getOwnerBuilder()
        .getUserBuilder();
    Op.Builder after = before.clone();
    OpsProto.FileAction.Builder action = after.getFileBuilder().getActionsBuilder(0);
    action.getMkdirBuilder().getOwnerBuilder().getUserBuilder().setByID(-1);
    user.getByNameBuilder().setName("app").setInput(-1);

    assertThat(fields(before, after))
        .containsExactly(
            "file.actions[0].mkdir.owner.user.byName: \"{name: app, input: scratch}\" -> nothing",
            "file.actions[0].mkdir.owner.user.byID: nothing -> \"4294967295\"");
  }

  @Test
  void actionsAreNamedByTheirNumber() {
    Op.Builder before = Op.newBuilder();
    IntStream.range(0, 3)
        .forEach(i -> before
            .getFileBuilder()
            .addActionsBuilder()
            .setInput(-1)
            .setSecondaryInput(-1)
            .getMkdirBuilder());
    Op.Builder after = before.clone();
    before.getFileBuilder().getActionsBuilder(2).setInput(0);
    after.getFileBuilder().getActionsBuilder(2).setInput(1);

    assertThat(fields(before, after))
        .containsExactly("file.actions[2].input: \"action 0\" -> \"action 1\"");
  }

  /** Writes an operation that reads two of its inputs. */
  private interface Reader {
    void write(Op.Builder op, int first, int second);
  }

  /** Returns those that name their inputs first. */
  static Stream<Reader> readers() {
    return Stream.of(
        (op, first, second) -> op.getExecBuilder()
            .addMounts(OpsProto.Mount.newBuilder().setInput(first).setDest("/"))
            .addMounts(OpsProto.Mount.newBuilder().setInput(second).setDest("/in")),
        (op, first, second) -> op.getDiffBuilder()
            .setLower(OpsProto.LowerDiffInput.newBuilder().setInput(first))
            .setUpper(OpsProto.UpperDiffInput.newBuilder().setInput(second)),
        (op, first, second) -> op.getBuildBuilder()
            .setBuilder(first)
            .putInputs("x", OpsProto.BuildInput.newBuilder().setInput(first).build())
            .putInputs("y", OpsProto.BuildInput.newBuilder().setInput(second).build()),
        (op, first, second) -> op.getFileBuilder()
            .addActionsBuilder()
            .setInput(first)
            .setSecondaryInput(second)
            .getMkdirBuilder()
            .getOwnerBuilder()
            .getUserBuilder()
            .getByNameBuilder()
            .setInput(second),
        (op, first, second) -> op.getMergeBuilder()
            .addInputs(OpsProto.MergeInput.newBuilder().setInput(first))
            .addInputs(OpsProto.MergeInput.newBuilder().setInput(second)),
        (op, first, second) -> op.getPassthroughBuilder().addOutputs(first).addOutputs(second));
  }

  @ParameterizedTest
  @MethodSource("readers")
  void numbersOfInputsStandForWhatIsRead(Reader reader) {
    Op.Builder before = Op.newBuilder()
        .addInputs(Ops.input(Ops.source("a"), 0))
        .addInputs(Ops.input(Ops.source("b"), 0));
    Op.Builder after =
        Op.newBuilder().addInputs(before.getInputs(1)).addInputs(before.getInputs(0));
    after.getConstraintsBuilder().addFilter("f");
    reader.write(before, 0, 1);
    reader.write(after, 1, 0);

    assertThat(fields(before, after)).containsExactly("constraints: nothing -> \"{filter: [f]}\"");
  }

  static Stream<Reader> readersByName() {
    return readers().limit(3);
  }

  @ParameterizedTest
  @MethodSource("readersByName")
  void whatIsReadUnderANameWasChanged(Reader reader) {
    Op.Builder before = Op.newBuilder()
        .addInputs(Ops.input(Ops.source("a"), 0))
        .addInputs(Ops.input(Ops.source("b"), 0));
    Op.Builder after = Op.newBuilder().addInputs(Ops.input(Ops.source("c"), 0));
    reader.write(before, 0, 1);
    reader.write(after, -1, 0);

    assertThat(GraphDiff.between(
                Ops.graph(before.build()), Graph.of(Ops.definition(Ops.source("c"), after.build())))
            .toString())
        .startsWith("""
            changed: local://c
              source.identifier: "local://b" -> "local://c"
            """)
        .contains("removed: local://a\n");
  }

  @Test
  void whatStandsBetweenTheSameWasChanged() {
    State b = State.image("b");
    State before = State.merge(ALPINE, State.image("x"), b, State.image("y1"));
    State after = State.merge(ALPINE, b, State.image("y2"));

    assertThat(diff(before, after).toString())
        .startsWith("changed: docker-image://docker.io/library/y2:latest\n")
        .contains("removed: docker-image://docker.io/library/x:latest\n");
  }

  @Test
  void everyStepOfAChainMayHaveChanged() {
    assertThat(diff(chain(State.image("a1"), "b1", "c1"), chain(State.image("a2"), "b2", "c2"))
            .causes())
        .extracting(VertexDiff::kind)
        .containsExactly(VertexDiff.Kind.CHANGED, VertexDiff.Kind.CHANGED, VertexDiff.Kind.CHANGED);
  }

  @Test
  void aStepWithAnotherReaderIsTheSameStep() {
    State before = State.merge(ALPINE, chain(State.image("b1"), "x"));
    State after =
        State.merge(ALPINE, chain(State.image("b2"), "x").file(FileAction.mkdir("/d", 0755)));

    assertThat(diff(before, after).toString()).contains("added: mkdir /d\naffected: x\n");
  }

  @Test
  void equalStepsAreToldApartByWhatTheyRead() {
    GraphDiff diff = diff(twice("1", true), twice("2", false));

    assertThat(diff.affected()).extracting(step -> step.vertex().name()).contains("x", "x");
    assertThat(diff.causes()).extracting(step -> step.vertex().name()).doesNotContain("x");
  }

  /** Returns a graph with a step on each of two branches, in one order or the other. */
  private static State twice(String version, boolean inOrder) {
    State m = chain(State.image("m" + version), "m");
    State n = chain(State.image("n" + version), "n");
    State first = chain(inOrder ? m : n, "x").file(FileAction.mkdir("/a" + version, 0755));
    State second = chain(inOrder ? n : m, "x").file(FileAction.mkdir("/b" + version, 0755));
    return State.merge(chain(m, "last"), chain(n, "last"), first, second);
  }

  @Test
  void namesOfFieldsBeginSmallAndLongValuesAreCut() {
    assertThat(OpsProto.Platform.getDescriptor().getFields())
        .extracting(field -> FieldNames.path("platform", field))
        .containsExactly(
            "platform.architecture",
            "platform.os",
            "platform.variant",
            "platform.osVersion",
            "platform.osFeatures");
    assertThat(new FieldDiff("path", Optional.empty(), Optional.of("\n" + "x".repeat(200))))
        .hasToString("path: nothing -> \"\\n" + "x".repeat(97) + "\u2026");
  }

  @Test
  void anOutputIsTheSameWhateverItsNumber() {
    Exec exec = Exec.args("x").addMount("/out", State.scratch());
    State before = ALPINE.run(exec).mount("/out");
    State after = ALPINE.run(exec.addMount("/new", State.scratch())).mount("/out");

    assertThat(diff(before.run("y"), after.run("y"))).hasToString("""
        changed: x
          exec.mounts[/new]: nothing -> "{input: scratch, dest: /new, output: 1}"
        affected: /bin/sh -c y
        """);
    assertThat(diff(before, after).result()).isEmpty();
  }

  @Test
  void causesAreInTheOrderOfTheGraphs() {
    State before = State.merge(ALPINE, chain(State.image("a"), "b"));
    State after = State.merge(ALPINE, State.local("c").file(FileAction.mkdir("/d", 0755)));

    assertThat(diff(before, after).causes())
        .extracting(VertexDiff::toString)
        .containsExactly(
            "added: local://c",
            "added: mkdir /d",
            "removed: docker-image://docker.io/library/a:latest",
            "removed: b");
  }

  @Test
  void everythingIsNewAfterNothing() {
    assertThat(diff(State.scratch(), ALPINE))
        .hasToString("added: docker-image://docker.io/library/alpine:latest\n");
    assertThat(diff(State.scratch(), State.scratch()).isEmpty()).isTrue();
  }

  @Test
  void anotherEncodingIsACauseToo() {
    Op.Builder op = Ops.source("a").toBuilder();
    Op both = op.setPlatform(OpsProto.Platform.newBuilder().setOS("linux").setArchitecture("arm64"))
        .build();
    // Fields may come in any order.
    ByteString reversed = Op.newBuilder()
        .setPlatform(both.getPlatform())
        .build()
        .toByteString()
        .concat(Ops.source("a").toByteString());

    GraphDiff diff = GraphDiff.between(
        Graph.of(Ops.definition(both.toByteString())), Graph.of(Ops.definition(reversed)));

    assertThat(diff.causes())
        .singleElement()
        .satisfies(cause ->
            assertThat(cause.fields()).extracting(FieldDiff::path).containsExactly("encoding"));
  }

  @Test
  void fieldsOfANewerBuildKitAreACauseToo() {
    UnknownFieldSet fields = UnknownFieldSet.newBuilder()
        .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
        .build();
    Op.Builder op = Ops.source("a").toBuilder();
    op.getSourceBuilder().setUnknownFields(fields);

    GraphDiff diff = GraphDiff.between(
        Graph.of(Ops.definition(Ops.source("a"))), Graph.of(Ops.definition(op.build())));

    assertThat(diff).hasToString("""
        changed: local://a
          source.unknown: nothing -> "fields [99], 3 bytes"
        """);
  }

  static Stream<Mutation> mutations() {
    return Ops.full().flatMap(op -> Mutation.of(op).stream());
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void everyFieldIsComparedAndFoundAlone(Mutation mutation) {
    Op.OpCase kind = mutation.op().getOpCase();
    Op full = Ops.full().filter(op -> op.getOpCase() == kind).findAny().orElseThrow();

    GraphDiff diff = GraphDiff.between(Ops.graph(full), Ops.graph(mutation.op()));

    assertThat(diff.causes()).singleElement().satisfies(cause -> {
      assertThat(cause.kind()).isEqualTo(VertexDiff.Kind.CHANGED);
      assertThat(cause.fields()).extracting(FieldDiff::path).containsExactly(mutation.path());
    });
    assertThat(diff.affected()).isEmpty();
  }

  @Property
  void aGraphDoesNotDifferFromItself(@ForAll @Size(max = 40) int[] seeds) {
    GraphDiff diff = diff(new RandomGraph(seeds).shared(), new RandomGraph(seeds).shared());

    assertThat(diff.isEmpty()).isTrue();
    assertThat(diff.metadata()).isEmpty();
    assertThat(diff).hasToString("no difference\n");
  }

  @Property
  void everyDigestThatDiffersIsToldOnce(
      @ForAll @Size(max = 25) int[] first, @ForAll @Size(max = 25) int[] second) {
    check(graph(new RandomGraph(first).shared()), graph(new RandomGraph(second).shared()));
  }

  @Property
  void everyDigestThatDiffersIsToldOnceIfTheGraphsAreAlike(
      @ForAll @Size(min = 3, max = 25) int[] seeds, @ForAll int at, @ForAll int seed) {
    int[] other = seeds.clone();
    other[Math.floorMod(at, other.length)] = seed;
    check(graph(new RandomGraph(seeds).shared()), graph(new RandomGraph(other).shared()));
  }

  private static void check(Graph before, Graph after) {
    GraphDiff diff = GraphDiff.between(before, after);
    List<VertexDiff> all = new ArrayList<>(diff.causes());
    all.addAll(diff.affected());

    assertThat(digests(all.stream().map(VertexDiff::before)))
        .containsExactlyInAnyOrderElementsOf(difference(before, after));
    assertThat(digests(all.stream().map(VertexDiff::after)))
        .containsExactlyInAnyOrderElementsOf(difference(after, before));
  }

  private static List<Digest> digests(Stream<Optional<Vertex>> vertices) {
    return vertices.flatMap(Optional::stream).map(Vertex::digest).toList();
  }

  private static Set<Digest> difference(Graph of, Graph without) {
    Set<Digest> digests = new HashSet<>();
    of.vertices().forEach(vertex -> digests.add(vertex.digest()));
    without.vertices().forEach(vertex -> digests.remove(vertex.digest()));
    return digests;
  }

  @Property
  void oneChangedFieldIsTheOnlyCause(
      @ForAll @Size(max = 25) int[] seeds, @ForAll int which, @ForAll int field) {
    Definition before = new RandomGraph(seeds).shared().marshal();
    List<Vertex> vertices = Graph.of(before).vertices();
    Vertex vertex = vertices.get(Math.floorMod(which, vertices.size()));
    Op op = vertex.operation().op();
    List<Mutation> mutations = new ArrayList<>(Mutation.of(op));
    // Other inputs and outputs may be ones that are not there.
    mutations.removeIf(mutation -> mutation.path().matches(".*(put|inputs\\[.*|lower.*|upper.*)"));
    mutations.add(new Mutation("constraints.filter[0]", withFilter(op)));
    Mutation mutation = mutations.get(Math.floorMod(field, mutations.size()));

    GraphDiff diff = GraphDiff.between(
        Graph.of(before), Graph.of(Ops.replace(before, vertex.digest(), mutation.op())));

    assertThat(diff.causes()).singleElement().satisfies(cause -> {
      assertThat(cause.before()).map(Vertex::digest).hasValue(vertex.digest());
      assertThat(cause.fields()).extracting(FieldDiff::path).containsExactly(mutation.path());
    });
  }

  private static Op withFilter(Op op) {
    Op.Builder filtered = op.toBuilder();
    filtered.getConstraintsBuilder().addFilter("filter");
    return filtered.build();
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void longChainsAreCompared() {
    State before = State.image("a");
    State after = State.image("b");
    for (int i = 0; i < 20_000; i++) {
      before = before.run(Exec.args("step", "" + i % 3)).root();
      after = after.run(Exec.args("step", "" + i % 3)).root();
    }

    GraphDiff diff = diff(before, after);

    assertThat(diff.causes()).hasSize(1);
    assertThat(diff.affected()).hasSize(20_000);
    assertThat(GraphPrinter.tree().print(graph(after)).lines()).hasSize(20_001);
  }
}
