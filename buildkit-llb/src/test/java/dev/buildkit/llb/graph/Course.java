/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.ExecState;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.GitSource;
import dev.buildkit.llb.HttpSource;
import dev.buildkit.llb.ImageSource;
import dev.buildkit.llb.LocalSource;
import dev.buildkit.llb.Mount;
import dev.buildkit.llb.Platform;
import dev.buildkit.llb.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The programs of the README of this module, and what they print. */
final class Course {
  private static final Constraints AMD64 =
      Constraints.none().platform(Platform.LINUX_AMD64).localUniqueId("");

  private Course() {}

  /** Returns what the sections print, by their headings. */
  static Map<String, Supplier<String>> sections() {
    Map<String, Supplier<String>> sections = new LinkedHashMap<>();
    sections.put("A state", Course::state);
    sections.put("A command", Course::command);
    sections.put("What commands inherit", Course::inherit);
    sections.put("Files", Course::files);
    sections.put("Copying between states", Course::copying);
    sections.put("Mounts", Course::mounts);
    sections.put("Caches and scratch space", Course::caches);
    sections.put("Secrets and SSH", Course::secrets);
    sections.put("Other sources", Course::sources);
    sections.put("Merge and diff", Course::mergeAndDiff);
    sections.put("Platforms", Course::platforms);
    sections.put("What is said about an operation", Course::constraints);
    sections.put("Marshaling", Course::marshaling);
    sections.put("Reading", Course::reading);
    sections.put("Printing", Course::printing);
    sections.put("Comparing", Course::comparing);
    return sections;
  }

  private static String tree(State state) {
    return GraphPrinter.tree().print(Graph.of(state.marshal(AMD64)));
  }

  private static String state() {
    State alpine = State.image("alpine:3.22");
    return tree(alpine);
  }

  private static String command() {
    State alpine = State.image("alpine:3.22");
    State tools = alpine.run("apk add make").run(Exec.args("make", "--version"));
    return tree(tools);
  }

  private static String inherit() {
    State alpine = State.image("alpine:3.22");
    State inSrc = alpine.dir("/src").addEnv("CGO_ENABLED", "0");
    State both = State.merge(inSrc.run("make test"), inSrc.run("make docs"));
    return tree(both);
  }

  private static String files() {
    State etc = State.scratch()
        .file(
            FileAction.mkdir("/etc", 0755),
            FileAction.mkfile("/etc/passwd", 0644, "app:x:1000:1000::/:\n"),
            FileAction.symlink("/etc/passwd", "/users"));
    return tree(etc);
  }

  private static String copying() {
    State build = State.image("golang:1.26").run("go build -o /app ./...");
    State image =
        State.image("alpine:3.22").file(FileAction.copy(build, "/app", "/bin/").chown("1000:1000"));
    return tree(image);
  }

  private static String mounts() {
    Exec compile = Exec.args("go", "build", "-o", "/out/app", ".")
        .dir("/src")
        .addMount(Mount.bind("/src", State.local("src")).readonly())
        .addMount("/out", State.scratch());
    ExecState compiled = State.image("golang:1.26").run(compile);
    State out = compiled.mount("/out");
    return tree(out);
  }

  private static String caches() {
    Exec compile = Exec.args("go", "build", ".")
        .addMount(Mount.cache("/root/.cache/go-build", "go-build"))
        .addMount(Mount.tmpfs("/tmp"));
    State built = State.image("golang:1.26").run(compile);
    return tree(built);
  }

  private static String secrets() {
    Exec fetch = Exec.shell("git clone git@example.com:team/app.git /src")
        .addSshSocket()
        .addSecret("netrc", "/root/.netrc");
    State cloned = State.image("alpine/git").run(fetch);
    return tree(cloned);
  }

  private static String sources() {
    State sources = State.merge(
        State.from(GitSource.of("https://github.com/moby/buildkit.git", "v0.32.2")),
        State.from(HttpSource.of("https://example.com/data.tar.gz")),
        State.from(LocalSource.of("docs").includePatterns("**/*.md")));
    return tree(sources);
  }

  private static String mergeAndDiff() {
    State alpine = State.image("alpine:3.22");
    State packages = State.diff(alpine, alpine.run("apk add curl"));
    State image = State.merge(State.image("busybox"), packages);
    return tree(image);
  }

  private static String platforms() {
    State arm = State.from(ImageSource.of("alpine:3.22")
        .constraints(Constraints.none().platform(Platform.LINUX_ARM64)));
    Exec compare = Exec.shell("diff -r / /arm").addMount("/arm", arm);
    State compared = State.image("alpine:3.22").run(compare);
    return tree(compared);
  }

  private static String constraints() {
    Exec test = Exec.args("make", "test")
        .constraints(Constraints.none().customName("run the tests").ignoreCache());
    State tested = State.image("alpine:3.22").run(test);
    return tree(tested);
  }

  private static String marshaling() {
    State state = State.image("alpine:3.22").run("make");
    Definition definition = state.marshal(Constraints.none().platform(Platform.LINUX_AMD64));
    String text = definition.toBase64();
    Definition same = Definition.parseBase64(text);
    return same + "\n";
  }

  private static String reading() {
    State state = State.image("alpine:3.22").run("make").run("make install");
    Definition definition = state.marshal(AMD64);
    Graph graph = Graph.of(definition);
    List<String> commands = new ArrayList<>();
    for (Vertex vertex : graph.vertices()) {
      if (vertex.op() instanceof ExecOp exec) {
        commands.add(
            exec.meta().args() + " on " + vertex.inputs().get(0).vertex().name());
      }
    }
    return String.join("\n", commands) + "\n";
  }

  private static String printing() {
    State build = State.image("golang:1.26").run("go build -o /app");
    State image = State.scratch().file(FileAction.copy(build, "/app", "/"));
    Definition definition = image.marshal(AMD64);
    String chart = GraphPrinter.mermaid().print(Graph.of(definition));
    return chart;
  }

  private static String comparing() {
    State alpine = State.image("alpine:3.22");
    Definition yesterday = alpine.run("apk add make").run("make all").marshal(AMD64);
    Definition today = alpine.run("apk add make gcc").run("make all").marshal(AMD64);
    GraphDiff diff = GraphDiff.between(Graph.of(yesterday), Graph.of(today));
    return diff.toString();
  }
}
