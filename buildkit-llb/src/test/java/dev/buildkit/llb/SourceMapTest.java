/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.api.OpsProto;
import org.junit.jupiter.api.Test;

class SourceMapTest {
  private static final SourceMap FILE = SourceMap.of("build.txt", "Text", "one\ntwo\n");

  @Test
  void linesAreCountedFromOne() {
    SourceLocation location = FILE.location();

    assertRefused(
        () -> location.line(0),
        "source location 0:0 to 0:0 is no range; count lines from 1, characters from 0, and put the"
            + " start first");
    assertRefused(
        () -> location.lines(2, 1),
        "source location 2:0 to 1:0 is no range; count lines from 1, characters from 0, and put the"
            + " start first");
    assertRefused(
        () -> location.range(1, 5, 1, 4),
        "source location 1:5 to 1:4 is no range; count lines from 1, characters from 0, and put the"
            + " start first");
    assertThat(location.line(1).lines(1, 2))
        .hasToString("SourceLocation[SourceMap[build.txt], 2 ranges]");
  }

  @Test
  void locationsSurviveADefinition() {
    State state = ImageCases.image(
            "alpine", Constraints.none().addLocation(FILE.location().line(1)))
        .run(Exec.args("x")
            .constraints(Constraints.none().addLocation(FILE.location().lines(1, 2))));
    Definition definition = state.marshal();

    OpsProto.Source again = State.from(Definition.parse(definition.toByteArray()))
        .marshal()
        .toProto()
        .getSource();

    assertThat(definition.toProto().getSource().getInfosCount()).isEqualTo(1);
    assertThat(again).isEqualTo(definition.toProto().getSource());
  }

  @Test
  void locationsOfFilesThatAreMissingAreLeftOut() {
    Definition definition = ImageCases.image(
            "alpine", Constraints.none().addLocation(FILE.location().line(1)))
        .marshal();
    OpsProto.Definition.Builder broken = definition.toProto().toBuilder();
    broken.getSourceBuilder().clearInfos();

    State state = State.from(Definition.parse(broken.build().toByteArray()));

    assertThat(state.marshal().head()).isEqualTo(definition.head());
  }
}
