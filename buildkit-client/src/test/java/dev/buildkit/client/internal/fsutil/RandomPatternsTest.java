/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.buildkit.client.internal.fsutil.PatternMatcher.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody writes such patterns, but all that is odd in the language shows in some of them. */
class RandomPatternsTest {
  private final JsonNode rows = Vectors.read("patterns_random.json").get("rows");

  @Test
  void listsMatchAsInGo() {
    assertThat(rows)
        .isNotEmpty()
        .allSatisfy(row ->
            assertThat(walk(row)).as(row.toString()).isEqualTo(row.get("walk").textValue()));
  }

  @Test
  void globsMatchAsInGo() {
    assertThat(rows)
        .isNotEmpty()
        .allSatisfy(row ->
            assertThat(glob(row)).as(row.toString()).isEqualTo(row.get("glob").textValue()));
  }

  private static String walk(JsonNode row) {
    PatternMatcher matcher;
    try {
      matcher = PatternMatcher.of(Vectors.texts(row.get("patterns")));
    } catch (BadPatternException e) {
      return "N";
    }
    try {
      String path = row.get("path").textValue();
      Result result = Result.NONE;
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        result = matcher.match(path.substring(0, slash), result);
      }
      return matcher.match(path, result).matched() ? "1" : "0";
    } catch (BadPatternException e) {
      return "E";
    }
  }

  private static String glob(JsonNode row) {
    List<String> patterns = Vectors.texts(row.get("patterns"));
    try {
      return Glob.matches(patterns.get(0), row.get("path").textValue()) ? "1" : "0";
    } catch (BadPatternException e) {
      return "E";
    }
  }
}
