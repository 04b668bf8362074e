/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.args;

import java.util.stream.IntStream;

/** The graphs of the group {@code graph}. */
final class GraphCases {
  private static final State ALPINE = State.image("alpine");

  static final Cases CASES = new Cases("graph")
      .graph("diamond", GraphCases::diamond)
      .graph("diamond_equal_objects", GraphCases::diamondOfEqualObjects)
      .graph(
          "post_order",
          () -> State.image("base")
              .run(args("x")
                  .addMount("/z", State.image("z"))
                  .addMount("/a", State.image("a"))
                  .addMount("/m", State.image("m"))))
      .graph("multistage", GraphCases::multistage)
      .graph("deep_500", GraphCases::deep)
      .graph(
          "wide_500",
          () -> State.merge(IntStream.range(0, 500)
              .mapToObj(i -> State.scratch().file(file(i)))
              .toArray(State[]::new)))
      .graph(
          "file_actions_300",
          () -> State.scratch()
              .file(IntStream.range(0, 300).mapToObj(GraphCases::file).toArray(FileAction[]::new)))
      .graph("ladder_25", GraphCases::ladder);

  private GraphCases() {}

  private static FileAction file(int i) {
    return FileAction.mkfile("/f" + i, 0644, Integer.toString(i));
  }

  private static State diamond() {
    State base = ALPINE.run(args("base")).root();
    State l = base.run(args("l")).root();
    State r = base.run(args("r")).root();
    return l.run(args("join").addMount("/r", r));
  }

  private static State diamondOfEqualObjects() {
    State r = State.image("alpine").run(args("base")).run(args("r"));
    return State.image("alpine")
        .run(args("base"))
        .run(args("l"))
        .run(args("join").addMount("/r", r));
  }

  private static State multistage() {
    State source =
        State.image("golang:1.22").dir("/src").file(FileAction.copy(State.local("ctx"), ".", "."));
    State out = source
        .run(args("go", "build", "-o", "/out/app", ".")
            .addMount(Mount.cache("/root/.cache", "gocache"))
            .addMount("/out", State.scratch()))
        .mount("/out");
    return ALPINE
        .file(FileAction.copy(out, "app", "/usr/bin/"))
        .file(FileAction.mkdir("/etc/app", 0755).parents());
  }

  private static State deep() {
    State s = ALPINE;
    for (int i = 0; i < 500; i++) {
      s = s.run(args("step", Integer.toString(i)));
    }
    return s;
  }

  private static State ladder() {
    State s = ALPINE;
    for (int i = 0; i < 25; i++) {
      s = State.merge(s.run(args("a")), s.run(args("b")));
    }
    return s;
  }
}
