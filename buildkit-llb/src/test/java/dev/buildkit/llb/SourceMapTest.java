/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.Location;
import dev.buildkit.api.OpsProto.Locations;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
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
    assertRefused(
        () -> location.range(1, -1, 2, 0),
        "source location 1:-1 to 2:0 is no range; count lines from 1, characters from 0, and put the"
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

    assertThat(again(broken).head()).isEqualTo(definition.head());
    assertThat(again(broken).locations()).isEmpty();
    broken.setSource(definition.toProto().getSource());
    broken
        .getSourceBuilder()
        .getLocationsMap()
        .forEach((digest, places) -> broken
            .getSourceBuilder()
            .putLocations(
                digest,
                Locations.newBuilder(places)
                    .addLocations(Location.newBuilder().setSourceIndex(-1))
                    .build()));
    assertThat(again(broken)).isEqualTo(definition);
  }

  private static Definition again(OpsProto.Definition.Builder message) {
    return State.from(Definition.parse(message.build().toByteArray())).marshal();
  }

  @Test
  void equalOperationsAreAtAllTheirPlaces() {
    State first = image(FILE.location().line(1));
    State second = image(FILE.location().line(2));

    Definition definition = State.merge(first, second, State.image("alpine")).marshal();

    assertThat(definition.locations().values())
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.list(SourceLocation.class))
        .flatExtracting(SourceLocation::ranges)
        .extracting(SourceLocation.Range::startLine)
        .containsExactly(1, 2);
  }

  @Test
  void filesAreTheSameIfNameLanguageAndContentAre() {
    Stream<SourceMap> files = Stream.of(
        FILE,
        SourceMap.of("other.txt", "Text", "one\ntwo\n"),
        SourceMap.of("build.txt", "Markdown", "one\ntwo\n"),
        SourceMap.of("build.txt", "Text", "two\none\n"),
        SourceMap.of("build.txt", "Text", "one\ntwo\n"));

    Definition definition = State.merge(
            files.map(file -> image(file.location().line(1))).toArray(State[]::new))
        .marshal();

    assertThat(definition.toProto().getSource().getInfosCount()).isEqualTo(4);
  }

  private static State image(SourceLocation location) {
    return ImageCases.image("alpine", Constraints.none().addLocation(location));
  }
}
