/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ShlexTest {
  @TestFactory
  Stream<DynamicTest> splitsAsTheGoClientDoes() {
    return StreamSupport.stream(Vector.read("shlex.json").get("cases").spliterator(), false)
        .map(row -> DynamicTest.dynamicTest(row.get("input").toString(), () -> check(row)));
  }

  private static void check(JsonNode row) {
    String input = row.get("input").asText();
    if (row.has("error")) {
      // The Go client goes on with the words before the error.
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Shlex.split(input))
          .withMessageStartingWith("split \"" + input + "\" into words: ");
    } else {
      List<String> words = new ArrayList<>();
      row.get("words").forEach(word -> words.add(word.asText()));
      assertThat(Shlex.split(input)).isEqualTo(words);
    }
  }

  @Test
  void errorsSayWhereAndWhatToDo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shlex.split("one \"two"))
        .withMessage("split \"one \"two\" into words: the quote \" at 5 is not closed; close it");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shlex.split("one\\"))
        .withMessage(
            "split \"one\\\" into words: nothing follows the last backslash; write \\\\ for a"
                + " backslash");
  }
}
