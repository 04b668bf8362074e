/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.buildkit.client.internal.fsutil.PatternMatcher.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PatternMatcherTest {
  static Stream<Arguments> rows() {
    return Vectors.stream(Vectors.read("patternmatcher.json").get("match"))
        .map(row -> argumentSet(row.get("patterns") + " " + row.path("path"), row));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void patternsReadAsInGo(JsonNode row) throws Exception {
    List<String> patterns = byteStrings(row.get("patterns"));
    if (row.path("newError").isTextual()) {
      assertThatThrownBy(() -> PatternMatcher.of(patterns))
          .isInstanceOf(BadPatternException.class)
          .hasMessageStartingWith(row.get("newError").textValue());
      return;
    }
    assertThat(PatternMatcher.of(patterns).patterns())
        .map(pattern -> pattern.isException() + " " + ByteStrings.toText(pattern.pattern()))
        .isEqualTo(Vectors.stream(row.get("compiled"))
            .map(it -> it.get("exclusion") + " " + it.get("pattern").textValue())
            .toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void walksMatchAsInGo(JsonNode row) throws Exception {
    JsonNode expected = row.path("walk");
    if (expected.isMissingNode()) {
      return;
    }
    PatternMatcher matcher = PatternMatcher.of(byteStrings(row.get("patterns")));
    String path = ByteStrings.of(row.get("path").textValue());
    if (expected.isObject()) {
      assertThatThrownBy(() -> matches(matcher, path))
          .isInstanceOf(BadPatternException.class)
          .hasMessageStartingWith(expected.get("error").textValue());
    } else {
      assertThat(matches(matcher, path)).isEqualTo(expected.booleanValue());
    }
  }

  static Stream<Arguments> lists() {
    return Vectors.stream(Vectors.read("vectors_patterns.json").get("patternmatcher"))
        .map(row -> argumentSet(row.get("patterns").toString(), row));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void pathsAreFoundAsInGo(JsonNode row) throws Exception {
    PatternMatcher matcher = PatternMatcher.of(byteStrings(row.get("patterns")));
    List<String> matched = new ArrayList<>();
    for (String path : Vectors.texts(Vectors.read("vectors_patterns.json").get("test_paths"))) {
      if (matches(matcher, ByteStrings.of(path))) {
        matched.add(path);
      }
    }
    assertThat(matched).isEqualTo(Vectors.texts(row.get("paths_matched_MatchesOrParentMatches")));
  }

  private static List<String> byteStrings(JsonNode texts) {
    return Vectors.texts(texts).stream().map(ByteStrings::of).toList();
  }

  /** Matches the directories above a path and then the path, as a walk does. */
  private static boolean matches(PatternMatcher matcher, String path) throws BadPatternException {
    Result result = Result.NONE;
    for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
      result = matcher.match(path.substring(0, slash), result);
    }
    return matcher.match(path, result).matched();
  }
}
