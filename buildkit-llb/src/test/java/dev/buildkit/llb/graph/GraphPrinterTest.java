/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.buildkit.api.OpsProto;
import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.ExecState;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.ImageSource;
import dev.buildkit.llb.LocalSource;
import dev.buildkit.llb.Mount;
import dev.buildkit.llb.Platform;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
        merge (copy /app /bin/, diff (/bin/sh -c docs) -> (/bin/sh -c clean))
        ├─ layer 1: diff (/bin/sh -c docs) -> (/bin/sh -c clean)
        │  ├─ upper: /bin/sh -c clean  [linux/amd64]
        │  │  /bin/sh -c docs  [#1]
        │  │  docker-image://docker.io/library/pandoc:latest
        │  lower: see #1
        layer 0: copy /app /bin/
        ├─ /app: make -> /out  [linux/amd64, ignore cache]
        │  ├─ /src: local://src
        │  docker-image://docker.io/library/alpine:latest  [#2]
        see #2
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
    State arm = State.from(
        ImageSource.of("alpine").constraints(Constraints.none().platform(Platform.LINUX_ARM64)));

    assertThat(GraphPrinter.tree()
            .print(graph(ALPINE.run(Exec.args("x").addMount("/arm", arm)).root())))
        .isEqualTo("""
            x  [linux/amd64]
            ├─ /arm: docker-image://docker.io/library/alpine:latest  [linux/arm64]
            docker-image://docker.io/library/alpine:latest
            """);
  }

  @Test
  void treeNamesAPlatformOnce() {
    State state =
        ALPINE.run("a").root().file(FileAction.mkdir("/b", 0755)).run("c").root();

    assertThat(GraphPrinter.tree().print(graph(state))).isEqualTo("""
        /bin/sh -c c  [linux/amd64]
        mkdir /b
        /bin/sh -c a
        docker-image://docker.io/library/alpine:latest
        """);
  }

  @Test
  void labelsTellInputsAndOutputsApart() {
    Constraints named = Constraints.none().customName("named").exportCache(true);
    State build = State.local("ctx").run(Exec.args("gen").constraints(named)).nestedBuild();
    State late =
        State.passthrough("late", List.of(ALPINE, build), State.image("b")).get(1);
    ExecState exec = late.run(Exec.args("x")
        .addMount(Mount.bind("/part", ALPINE).selector("/sub"))
        .addMount(Mount.bind("/all", ALPINE).selector("/"))
        .addMount(Mount.cache("/cache", "id"))
        .addMount("/out", State.diff(State.scratch(), build)));
    State copied = exec.mount("/out")
        .file(
            FileAction.copy(exec.root(), "/a", "/"),
            FileAction.copy(exec.root(), "/a", "/a"),
            FileAction.copy(exec.root(), "/b", "/"));

    assertThat(GraphPrinter.tree().print(graph(copied))).isEqualTo("""
        copy /a /, copy /a /a, copy /b /
        ├─ /a, /b: x  [#1, linux/amd64]
        │  ├─ /all, /part = /sub: docker-image://docker.io/library/alpine:latest  [#2]
        │  ├─ /out: build  [#3]
        │  │  buildkit.llb.definition: named  [export cache]
        │  │  local://ctx
        │  passthrough late -> output 1
        │  ├─ output 1: see #3
        │  ├─ docker-image://docker.io/library/b:latest
        │  output 0: see #2
        see #1 -> /out
        """);
    assertThat(GraphPrinter.mermaid().print(graph(copied))).contains("""
          v3[["build"]]
          v2 -->|"buildkit.llb.definition"| v3
        """, """
          v5("passthrough late")
          v0 -->|"output 0"| v5
          v3 -->|"output 1"| v5
          v4 --> v5
          v6["x"]
          v5 -->|"output 1"| v6
          v0 -->|"/all, /part = /sub"| v6
        """);
  }

  @Test
  void outputsAreCountedAsTheDaemonDoes() {
    OpsProto.Op.Builder file = OpsProto.Op.newBuilder();
    file.getFileBuilder().addActionsBuilder().setInput(-1).setSecondaryInput(-1).setOutput(0);
    file.getFileBuilder().addActionsBuilder().setInput(0).setSecondaryInput(-1).setOutput(1);
    OpsProto.Op.Builder exec = OpsProto.Op.newBuilder().addInputs(Ops.input(file.build(), 1));
    exec.getExecBuilder().addMountsBuilder().setDest("/");
    exec.getExecBuilder()
        .addMountsBuilder()
        .setInput(-1)
        .setDest("/cache")
        .setMountType(OpsProto.MountType.CACHE);
    exec.getExecBuilder().addMountsBuilder().setInput(-1).setDest("/out").setOutput(1);
    OpsProto.Op.Builder reader = OpsProto.Op.newBuilder().addInputs(Ops.input(exec.build(), 1));
    reader.getMergeBuilder().addInputsBuilder();

    assertThat(GraphPrinter.tree()
            .print(Graph.of(Ops.definition(file.build(), exec.build(), reader.build()))))
        .isEqualTo("""
            merge ()
            layer 0:  -> /out
             -> output 1
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
            FileAction.mkdir("/a\u001b[31m\n\r\t\u2028\u2029\u202e", 0755),
            FileAction.mkdir("/" + "x".repeat(71) + "\ud83d\ude00".repeat(9), 0755));
    Exec exec = Exec.args("y").addMount("/\u001b", ALPINE);

    assertThat(GraphPrinter.tree().print(graph(state)))
        .isEqualTo("mkdir /a\\u001b[31m\\n\\r\\t\\u2028\\u2029\\u202e, mkdir /" + "x".repeat(71)
            + "\u2026\n");
    assertThat(GraphPrinter.tree().print(graph(State.scratch().run(exec).mount("/\u001b"))))
        .isEqualTo("""
            y -> /\\u001b  [linux/amd64]
            /\\u001b: docker-image://docker.io/library/alpine:latest
            """);
  }

  @Test
  void treePutsDeepBranchesBelow() {
    State state = State.image("last");
    for (int i = 0; i < 25; i++) {
      Exec exec = Exec.args("x" + i).addMount("/in", state).addMount("/out", State.scratch());
      state = ALPINE.run(exec).mount("/out");
    }

    assertThat(GraphPrinter.tree().print(graph(state)).lines())
        .contains("│  ".repeat(20) + "├─ /in: see #1 -> /out", "", "x3  [#1]")
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(120));
  }

  @Test
  void deepBranchesStandInOrderAndOnce() {
    State v = State.image("v");
    Exec inner = Exec.args("inner").addMount("/u", v.run(Exec.args("u"))).addMount("/v", v);
    State state = ALPINE.run(inner).root();
    for (int i = 0; i < 20; i++) {
      state = ALPINE.run(Exec.args("x" + i).addMount("/in", state)).root();
    }

    assertThat(GraphPrinter.tree().print(graph(state))).endsWith("""
        see #3

        u  [#1]
        docker-image://docker.io/library/v:latest  [#2]
        """);
  }

  @Test
  void mermaidIsAFlowchart() {
    assertThat(GraphPrinter.mermaid().print(graph(build()))).isEqualTo("""
        flowchart TD
          v0(["docker-image://docker.io/library/alpine:latest"])
          v1(["local://src"])
          v2["make"]
          v0 --> v2
          v1 -->|"/src"| v2
          v3[/"copy /app /bin/"/]
          v0 --> v3
          v2 -->|"/out to /app"| v3
          v4(["docker-image://docker.io/library/pandoc:latest"])
          v5["/bin/sh -c docs"]
          v4 --> v5
          v6["/bin/sh -c clean"]
          v5 --> v6
          v7{{"diff (/bin/sh -c docs) -#62; (/bin/sh -c clean)"}}
          v5 -->|"lower"| v7
          v6 -->|"upper"| v7
          v8[\\"merge (copy /app /bin/, diff (/bin/sh -c docs) -#62; (/bin/sh -c clean))"/]
          v3 -->|"layer 0"| v8
          v7 -->|"layer 1"| v8
          result((("result")))
          v8 --> result
        """);
  }

  @Test
  void mermaidTakesLabelsAsTheyAre() {
    State state = State.scratch().run(Exec.args("- \"a\" #1; <b> & `c` _d_ *e* ~f~ \\n"));
    Exec exec = Exec.args("1. one").addMount("/#2", State.scratch().run(Exec.args("+ two")));

    assertThat(GraphPrinter.mermaid().print(graph(state.run(exec).mount("/#2"))))
        .isEqualTo("""
        flowchart TD
          v0["#45; #34;a#34; #35;1; #60;b#62; #38; #96;c#96; #95;d#95; #42;e#42; #126;f#126; #92;n"]
          v1["#43; two"]
          v2["1#46; one"]
          v0 --> v2
          v1 -->|"/#35;2"| v2
          result((("result")))
          v2 -->|"/#35;2"| result
        """);
  }

  @Test
  void jsonHasALineForEachOperation() {
    assertThat(GraphPrinter.jsonLines()
            .print(graph(
                State.scratch().file(FileAction.mkfile("/a", 0644, "<\u20ac>").chown("app:1")))))
        .isEqualTo("""
        {"Op":{"Op":{"file":{"actions":[{"input":-1,"secondaryInput":-1,"output":0,"Action":{"mkfile":{"path":"/a","mode":420,"data":"POKCrD4=","owner":{"user":{"User":{"byName":{"name":"app","input":-1}}},"group":{"User":{"byId":1}}},"timestamp":-1}}}]}},"constraints":{}},"Digest":"sha256:69a3d438e679bfbc06d9861964234df21dcdd6fcf2664bc39c5651cd7a17f2c2","OpMetadata":{"caps":{"file.base":true}}}
        {"Op":{"inputs":[{"digest":"sha256:69a3d438e679bfbc06d9861964234df21dcdd6fcf2664bc39c5651cd7a17f2c2"}],"Op":{}},"Digest":"sha256:5259eb1158d5e9c08dff0a554ba8f97362bb72ab8e361c78602c27d7ef963f86","OpMetadata":{"caps":{"constraints":true,"platform":true}}}
        """);
  }

  @Test
  void dotIsThatOfBuildctl() {
    assertThat(GraphPrinter.dot()
            .print(graph(ALPINE
                .run(Exec.args("a", "\"b\"\n\u0007\u200b").addMount("/in", State.image("b")))
                .root())))
        .isEqualTo("""
        digraph {
          "sha256:a7f9733e307dd352c82d43053b783dd17bb2ec2c36214908ce393e41545c8b51" [label="docker-image://docker.io/library/alpine:latest" shape="ellipse"];
          "sha256:de8ec021c140d0aca87984dfcd1da3f5c41baca2c01739aed9b5a66fc56c8ef6" [label="docker-image://docker.io/library/b:latest" shape="ellipse"];
          "sha256:d60aeb53fcb088e01840be99efe1f7f6f75deeeea09719dc2714c1c9b85e76cc" [label="a \\"b\\"\\n\\a\\u200b" shape="box"];
          "sha256:fa1c28a850ed2a022039bad717195ccaad37fd6de8af62d40561f45562dfe80d" [label="sha256:fa1c28a850ed2a022039bad717195ccaad37fd6de8af62d40561f45562dfe80d" shape="plaintext"];
          "sha256:a7f9733e307dd352c82d43053b783dd17bb2ec2c36214908ce393e41545c8b51" -> "sha256:d60aeb53fcb088e01840be99efe1f7f6f75deeeea09719dc2714c1c9b85e76cc" [label=""];
          "sha256:de8ec021c140d0aca87984dfcd1da3f5c41baca2c01739aed9b5a66fc56c8ef6" -> "sha256:d60aeb53fcb088e01840be99efe1f7f6f75deeeea09719dc2714c1c9b85e76cc" [label="/in"];
          "sha256:d60aeb53fcb088e01840be99efe1f7f6f75deeeea09719dc2714c1c9b85e76cc" -> "sha256:fa1c28a850ed2a022039bad717195ccaad37fd6de8af62d40561f45562dfe80d" [label=""];
        }
        """);
  }

  @Test
  void dumpsAreThoseOfBuildctl() throws IOException {
    Graph graph = Graph.of(Definition.parseBase64(dump("graph.base64")));
    // Go's JSON leaves symbolic links out.
    String symlink = """
        "symlink":{"oldpath":"oldpath","newpath":"newpath",\
        "owner":{"user":{"User":{"byName":{"name":"name"}}},"group":{"User":{"byId":5}}},"timestamp":5}""";

    assertThat(GraphPrinter.jsonLines().print(graph).replace(symlink, ""))
        .isEqualTo(dump("graph.jsonl"));
    assertThat(GraphPrinter.dot().print(graph)).isEqualTo(dump("graph.dot"));
  }

  private static String dump(String name) throws IOException {
    try (InputStream in =
        requireNonNull(GraphPrinterTest.class.getResourceAsStream("dump/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
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
