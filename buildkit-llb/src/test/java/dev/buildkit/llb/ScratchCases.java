/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.args;

/** The graphs of the group {@code scratch}. */
final class ScratchCases {
  static final Cases CASES = new Cases("scratch")
      .graph("empty", State::scratch)
      .graph("run", () -> State.scratch().run(args("/bin/hello")).root())
      .graph("with_meta", values -> {
        State s = State.scratch().addEnv("A", "1").dir("/x");
        values.env("s", s, "A");
        values.dir("s", s);
        return s;
      });

  private ScratchCases() {}
}
