/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ImageReferenceTest {
  private static Stream<JsonNode> rows(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  @TestFactory
  Stream<DynamicTest> parsesAsRegistriesDo() {
    return rows(Vector.read("reference.json").get("cases"))
        .map(row -> DynamicTest.dynamicTest(row.get("input").toString(), () -> check(row)));
  }

  private static void check(JsonNode row) {
    String input = row.get("input").asText();
    if (row.has("error")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ImageReference.parse(input))
          .withMessageContaining(row.get("error").asText());
      return;
    }
    JsonNode parsed = row.get("parsed");
    ImageReference reference = ImageReference.parse(input);
    assertThat(reference.domain()).isEqualTo(parsed.get("domain").asText());
    assertThat(reference.path()).isEqualTo(parsed.get("path").asText());
    assertThat(reference.name()).isEqualTo(parsed.get("name").asText());
    assertThat(reference.tag()).isEqualTo(parsed.path("tag").asText(null));
    assertThat(reference.digest() == null ? null : reference.digest().toString())
        .isEqualTo(parsed.path("digest").asText(null));
    assertThat(reference).hasToString(parsed.get("string").asText());
    assertThat(reference.withDefaultTag()).hasToString(row.get("tagNameOnly").asText());
  }

  @TestFactory
  Stream<DynamicTest> completesNamesAsOtherClientsDo() {
    return rows(Vector.read("wire_names.json").get("image_refs"))
        .map(row -> DynamicTest.dynamicTest(row.get("in").asText(), () -> checkName(row)));
  }

  private static void checkName(JsonNode row) {
    String input = row.get("in").asText();
    if (row.has("error")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ImageReference.parse(input))
          .withMessageContaining(row.get("error").asText());
    } else {
      assertThat(ImageReference.parse(input).withDefaultTag())
          .hasToString(row.get("normalised_tagged").asText());
    }
  }

  @Test
  void anEndlessNameIsRefusedWithoutMatchingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageReference.parse("a/".repeat(1_000_000)))
        .withMessage("parse image reference \"" + "a/".repeat(50)
            + "…\": it is too long; check what was passed");
  }
}
