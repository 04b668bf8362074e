/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.args;
import static dev.buildkit.llb.Cases.named;
import static dev.buildkit.llb.Cases.on;
import static dev.buildkit.llb.ImageCases.image;

import dev.buildkit.llb.Cases.Values;

/** The graphs of the groups {@code merge} and {@code diff}. */
final class MergeDiffCases {
  private static final State SCRATCH = State.scratch();
  private static final State ALPINE = State.image("alpine");
  private static final State BUSYBOX = State.image("busybox");

  static final Cases MERGE = new Cases("merge")
      .graph("two", () -> State.merge(ALPINE, BUSYBOX))
      .graph("duplicate_inputs", () -> State.merge(ALPINE, ALPINE))
      .graph("scratch_dropped", () -> State.merge(SCRATCH, ALPINE, SCRATCH, BUSYBOX))
      .graph("single", () -> State.merge(SCRATCH, ALPINE))
      .graph("none", () -> State.merge())
      .graph(
          "nested",
          () -> State.merge(State.image("a"), State.merge(State.image("b"), State.image("c"))))
      .graph("meta_from_first", MergeDiffCases::metaFromFirst);

  static final Cases DIFF = new Cases("diff")
      .graph("simple", () -> State.diff(ALPINE, ALPINE.run(args("x"))))
      .graph("lower_scratch", () -> State.diff(SCRATCH, ALPINE))
      .graph("upper_scratch", () -> State.diff(ALPINE, SCRATCH))
      .graph("both_scratch", () -> State.diff(SCRATCH, SCRATCH))
      .graph("same_state", () -> State.diff(ALPINE, ALPINE))
      .graph(
          "meta_from_lower",
          () -> State.diff(
                  named("d"),
                  State.image("a").addEnv("L", "1"),
                  State.image("b").addEnv("U", "1"))
              .run(args("x")))
      .graph(
          "merge_of_diffs",
          () -> State.merge(
              ALPINE,
              State.diff(ALPINE, ALPINE.run(args("a"))),
              State.diff(ALPINE, ALPINE.run(args("b")))));

  private MergeDiffCases() {}

  private static State metaFromFirst(Values values) {
    State m = State.merge(
        named("m"),
        image("a", on(Platform.LINUX_ARM64)).addEnv("A", "1").dir("/a"),
        State.image("b").addEnv("B", "1"));
    values.envArray("m", m);
    return m.run(args("x"));
  }
}
