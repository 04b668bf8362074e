/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.LocalSource;
import dev.buildkit.llb.Mount;
import dev.buildkit.llb.Platform;
import dev.buildkit.llb.State;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class GraphPrinterTest {
  private static final State ALPINE = State.image("alpine");

  private static Graph graph(State state) {
    return Graph.of(
        state.marshal(Constraints.none().platform(Platform.LINUX_AMD64).localUniqueId("id")));
  }

  private static State build() {
    Exec make = Exec.args("make")
        .addMount(Mount.bind("/src", State.from(LocalSource.of("src"))).readonly())
        .addMount("/out", State.scratch())
        .constraints(Constraints.none().ignoreCache());
    State docs = State.image("pandoc").run("docs").root();
    return State.merge(
        ALPINE.file(FileAction.copy(ALPINE.run(make).mount("/out"), "/app", "/bin/")),
        State.diff(docs, docs.run("clean").root()));
  }

  @Test
  void treeHasTheResultFirst() {
    assertThat(GraphPrinter.tree().print(graph(build()))).isEqualTo("""
        EXPECTED
        """);
  }

  @Test
  void treeKeepsAChainOnOneLevel() {
    assertThat(GraphPrinter.tree().print(graph(ALPINE.run("a").root().run("b").root())))
        .isEqualTo("""
            /bin/sh -c b  [linux/amd64]
            /bin/sh -c a
            docker-image://docker.io/library/alpine:latest
            """);
  }

  @Test
  void treeNamesPlatformsThatDiffer() {
    State arm = State.image("alpine").platform(Platform.LINUX_ARM64);

    assertThat(GraphPrinter.tree()
            .print(graph(ALPINE.run(Exec.args("x").addMount("/arm", arm)).root())))
        .isEqualTo("""
            x  [linux/amd64]
            ├─ /arm: docker-image://docker.io/library/alpine:latest  [linux/arm64]
            docker-image://docker.io/library/alpine:latest
            """);
  }

  @Test
  void treeOfNothingIsScratch() {
    assertThat(GraphPrinter.tree().print(graph(State.scratch()))).isEqualTo("scratch\n");
  }

  @Test
  void treeShowsNoControlCharactersAndCutsNames() {
    State state = State.scratch()
        .file(
            FileAction.mkdir("/a\u001b[31m\n\u202e", 0755),
            FileAction.mkdir("/" + "x".repeat(200), 0755));

    assertThat(GraphPrinter.tree().print(graph(state)))
        .isEqualTo("mkdir /a\\u001b[31m\\n\\u202e, mkdir /" + "x".repeat(76) + "\u2026\n");
  }

  @Test
  void treePutsDeepBranchesBelow() {
    State state = State.image("last");
    for (int i = 0; i < 25; i++) {
      Exec exec = Exec.args("x" + i).addMount("/in", state).addMount("/out", State.scratch());
      state = State.scratch().run(exec).mount("/out");
    }

    assertThat(GraphPrinter.tree().print(graph(State.merge(ALPINE, state))).lines())
        .hasSize(28 + 2)
        .contains("", "x5  [#1, linux/amd64]")
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(120));
  }

  @Test
  void mermaidIsAFlowchart() {
    assertThat(GraphPrinter.mermaid().print(graph(build()))).isEqualTo("""
        EXPECTED
        """);
  }

  @Test
  void mermaidTakesLabelsAsTheyAre() {
    State state = State.merge(
        State.scratch().run(Exec.args("- \"a\" #1; <b> & `c` _d_ \\n")).root(),
        State.scratch().run(Exec.args("1. one")).root());

    assertThat(GraphPrinter.mermaid().print(graph(state))).contains("""
          v0["#45; #34;a#34; #35;1; #60;b#62; #38; #96;c#96; #95;d#95; #92;n"]
          v1["1#46; one"]
        """);
  }

  @Test
  void jsonHasALineForEachOperation() {
    assertThat(GraphPrinter.jsonLines()
            .print(graph(
                State.scratch().file(FileAction.mkfile("/a", 0644, "<\u20ac>").chown("app:1")))))
        .isEqualTo("""
        EXPECTED
        """);
  }

  @Test
  void dotIsThatOfBuildctl() {
    assertThat(GraphPrinter.dot()
            .print(graph(ALPINE
                .run(Exec.args("a", "\"b\"\n\u0007\u200b").addMount("/in", State.image("b")))
                .root())))
        .isEqualTo("""
        EXPECTED
        """);
  }

  @Test
  void anEmptyGraphPrints() {
    Graph empty = graph(State.scratch());

    assertThat(GraphPrinter.jsonLines().print(empty)).isEmpty();
    assertThat(GraphPrinter.dot().print(empty)).isEqualTo("digraph {\n}\n");
    assertThat(GraphPrinter.mermaid().print(empty))
        .isEqualTo("flowchart TD\n  result(((\"result\")))\n");
  }

  @Test
  void failuresOfTheOutputAreTold() {
    Appendable full = new Appendable() {
      @Override
      public Appendable append(CharSequence text) throws IOException {
        throw new IOException("full");
      }

      @Override
      public Appendable append(CharSequence text, int start, int end) throws IOException {
        throw new IOException("full");
      }

      @Override
      public Appendable append(char c) throws IOException {
        throw new IOException("full");
      }
    };

    assertThatIOException()
        .isThrownBy(() -> GraphPrinter.tree().print(graph(ALPINE), full))
        .withMessage("full");
  }
}
