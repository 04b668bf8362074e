/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.args;
import static dev.buildkit.llb.ImageCases.image;

/** The graphs of the group {@code sourcemap}. */
final class SourceMapCases {
  static final Cases CASES = new Cases("sourcemap")
      .graph("one", SourceMapCases::one)
      .graph("two_maps", SourceMapCases::two)
      .graph("equal_maps", SourceMapCases::equal)
      .graph("with_state", SourceMapCases::withState)
      // A location has a map, so what the Go client ignores is left out here.
      .graph("nil_map", () -> State.image("alpine"));

  private SourceMapCases() {}

  private static Constraints at(SourceLocation location) {
    return Constraints.none().addLocation(location);
  }

  private static State one() {
    SourceMap map = SourceMap.of("Dockerfile", "Dockerfile", "FROM alpine\nRUN x\n");
    return image("alpine", at(map.location().range(1, 0, 1, 11)))
        .run(args("x").constraints(at(map.location().range(2, 0, 2, 5))));
  }

  private static State two() {
    SourceMap a = SourceMap.of("a", "la", "A");
    SourceMap b = SourceMap.of("b", "lb", "B");
    SourceLocation inA = a.location().range(3, 0, 4, 0).range(5, 0, 5, 9);
    return image("alpine", at(b.location().range(1, 1, 1, 2)))
        .run(args("x").constraints(at(inA).addLocation(b.location())));
  }

  private static State equal() {
    SourceMap a = SourceMap.of("f", "l", "D");
    SourceMap b = SourceMap.of("f", "l", "D");
    return image("alpine", at(a.location().range(1, 0, 1, 1)))
        .run(args("x").constraints(at(b.location().range(2, 0, 2, 1))));
  }

  private static State withState() {
    State file = State.from(LocalSource.of("dockerfile").followPaths("Dockerfile"));
    SourceMap map = SourceMap.of("Dockerfile", "Dockerfile", "x").state(file);
    return image("alpine", at(map.location().range(1, 0, 1, 1)));
  }
}
