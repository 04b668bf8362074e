/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.args;
import static dev.buildkit.llb.Cases.named;
import static dev.buildkit.llb.Cases.on;
import static java.util.Objects.requireNonNull;

import java.util.List;

/** The graphs of the groups {@code buildop}, {@code definition} and {@code passthrough}. */
final class OtherCases {
  private static final State ALPINE = State.image("alpine");
  private static final State BASE = State.image("base");

  static final Cases BUILD = new Cases("buildop")
      .graph("simple", () -> State.local("ctx").nestedBuild())
      .graph(
          "filename",
          () -> ALPINE
              .run(args("gen"))
              .nestedBuild(named("b").platform(Platform.LINUX_ARM64), "def.pb"));

  static final Cases DEFINITION = new Cases("definition")
      .graph(
          "roundtrip",
          () -> State.from(
              ALPINE.run(args("x").constraints(named("n"))).marshal(on(Platform.LINUX_AMD64))))
      .graph(
          "extend",
          () -> State.from(ALPINE.run(args("x")).marshal(on(Platform.LINUX_ARM64)))
              .run(args("y")))
      .graph("shared_with_original", OtherCases::sharedWithOriginal)
      .impossible("err_empty", "the state of an empty definition is scratch");

  static final Cases PASSTHROUGH = new Cases("passthrough")
      .graph("requires", () -> BASE.requires("test.requires", State.image("a"), State.image("b")))
      .graph("requires_none", () -> BASE.requires("x"))
      .graph("multi_output", OtherCases::multiOutput)
      .refused(
          "err_empty_id",
          "requires: id is empty; name what is waited for",
          () -> BASE.requires("", State.image("a")))
      .impossible("err_no_output", "requires() passes on the state that it is called on");

  private OtherCases() {}

  private static State sharedWithOriginal() {
    State s = ALPINE.run(args("x"));
    return State.merge(s, State.from(s.marshal(on(Platform.LINUX_AMD64))));
  }

  private static State multiOutput() {
    List<Output> inputs = List.of("i0", "i1", "i2").stream()
        .map(name -> requireNonNull(State.image(name).output()))
        .toList();
    PassthroughVertex vertex = new PassthroughVertex("multi", inputs, List.of(0, 2));
    return State.of(new Output.OfVertex(vertex, 1, null));
  }
}
