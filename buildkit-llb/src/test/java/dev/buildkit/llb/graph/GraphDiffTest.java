/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.Op;
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
