/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GoPathTest {
  private static Stream<Arguments> rows(String key) {
    return Vectors.stream(Vectors.read("gopath.json").get("cases"))
        .filter(row -> row.has(key))
        .map(row -> argumentSet(row.get(key).toString(), row));
  }

  static Stream<Arguments> paths() {
    return rows("path");
  }

  @ParameterizedTest
  @MethodSource("paths")
  void pathsAreSplitAsInGo(JsonNode row) {
    String path = row.get("path").textValue();
    assertThat(GoPath.clean(path)).isEqualTo(row.get("clean").textValue());
    assertThat(GoPath.dir(path)).isEqualTo(row.get("dir").textValue());
    assertThat(GoPath.base(path)).isEqualTo(row.get("base").textValue());
  }

  static Stream<Arguments> joins() {
    return rows("join");
  }

  @ParameterizedTest
  @MethodSource("joins")
  void pathsAreJoinedAsInGo(JsonNode row) {
    String[] elements = Vectors.texts(row.get("join")).toArray(String[]::new);
    assertThat(GoPath.join(elements)).isEqualTo(row.get("result").textValue());
  }

  static Stream<Arguments> matches() {
    return rows("match");
  }

  @ParameterizedTest
  @MethodSource("matches")
  void globsMatchAsInGo(JsonNode row) throws Exception {
    String pattern = row.get("match").get("pattern").textValue();
    String name = row.get("match").get("name").textValue();
    if (row.get("result").isObject()) {
      assertThatThrownBy(() -> Glob.matches(pattern, name))
          .isInstanceOf(BadPatternException.class)
          .hasMessageStartingWith(row.get("result").get("error").textValue());
    } else {
      assertThat(Glob.matches(pattern, name)).isEqualTo(row.get("result").booleanValue());
    }
  }
}
