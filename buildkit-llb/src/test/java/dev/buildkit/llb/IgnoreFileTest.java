/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class IgnoreFileTest {
  @TestFactory
  Stream<DynamicTest> readsWhatGoReads() {
    return StreamSupport.stream(Vector.read("ignorefile.json").get("cases").spliterator(), false)
        .map(row -> DynamicTest.dynamicTest(row.toString(), () -> check(row)));
  }

  private static void check(JsonNode row) {
    List<String> expected = new ArrayList<>();
    row.get("patterns").forEach(pattern -> expected.add(pattern.asText()));

    assertThat(IgnoreFile.parse(row.get("input").asText())).isEqualTo(expected);
  }

  @Test
  void noBreakSpacesAreTrimmedToo() {
    assertThat(IgnoreFile.parse("\u00a0target\u2003\n!\u3000target/keep\n"))
        .containsExactly("target", "!target/keep");
  }

  @Test
  void patternsGoIntoALocalSource() {
    LocalSource source =
        LocalSource.of("src").excludePatterns(IgnoreFile.parse("# build output\n/target/\n"));

    assertThat(
            State.from(source).marshal(Constraints.none().localUniqueId("id")).toByteArray())
        .isEqualTo(State.from(LocalSource.of("src").excludePatterns("target"))
            .marshal(Constraints.none().localUniqueId("id"))
            .toByteArray());
  }
}
