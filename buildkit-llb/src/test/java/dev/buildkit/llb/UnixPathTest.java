/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class UnixPathTest {
  @TestFactory
  Stream<DynamicTest> cleansAndJoinsAsGoDoes() {
    return StreamSupport.stream(Vector.read("gopath.json").get("cases").spliterator(), false)
        .filter(row -> !row.has("match"))
        .map(row -> DynamicTest.dynamicTest(row.toString(), () -> check(row)));
  }

  private static void check(JsonNode row) {
    if (row.has("join")) {
      List<String> parts = new ArrayList<>();
      row.get("join").forEach(part -> parts.add(part.asText()));
      assertThat(UnixPath.join(parts.toArray(String[]::new)))
          .isEqualTo(row.get("result").asText());
      return;
    }
    String path = row.get("path").asText();
    assertThat(UnixPath.clean(path)).isEqualTo(row.get("clean").asText());
    assertThat(UnixPath.isAbsolute(path)).isEqualTo(row.get("isAbs").asBoolean());
  }
}
