/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class LenientJsonTest {
  @Test
  void namesMatchInAnyCase() {
    assertThat(LenientJson.parse("{\"Line\":3}").number("line")).isEqualTo(3);
  }

  @Test
  void exactNamesComeFirst() {
    assertThat(LenientJson.parse("{\"LINE\":1,\"line\":2}").number("line")).isEqualTo(2);
  }

  @Test
  void numbersMayBeStrings() {
    assertThat(LenientJson.parse("{\"index\":\"7\"}").number("index")).isEqualTo(7);
  }

  @Test
  void whatIsAbsentReadsAsNothing() {
    LenientJson json = LenientJson.parse("{}");

    assertThat(json.text("a")).isEmpty();
    assertThat(json.number("a")).isZero();
    assertThat(json.list("a")).isEmpty();
    assertThat(json.textInBase64("a")).isEmpty();
    assertThat(json.at("a").at("b").text("c")).isEmpty();
  }

  @Test
  void whatIsOfAnotherKindReadsAsNothing() {
    LenientJson json = LenientJson.parse("{\"a\":{\"b\":1},\"c\":[null],\"d\":null,\"e\":\"%\"}");

    assertThat(json.text("a")).isEmpty();
    assertThat(json.number("a")).isZero();
    assertThat(json.list("a")).isEmpty();
    assertThat(json.text("d")).isEmpty();
    assertThat(json.textInBase64("e")).isEmpty();
    assertThat(json.list("c"))
        .singleElement()
        .matches(element -> element.text("x").isEmpty());
  }

  @Test
  void whatIsNoJsonReadsAsNothing() {
    for (String text : new String[] {"", "{", "nul", "{\"a\":", "\uFFFD", "[".repeat(100_000)}) {
      assertThat(LenientJson.parse(text).isObject()).isFalse();
      assertThat(LenientJson.parse(text).text("a")).isEmpty();
    }
  }

  @Test
  void textsAreThoseOfAnObject() {
    LenientJson json = LenientJson.parse("{\"a\":{\"b\":\"c\",\"d\":1},\"e\":[]}");

    assertThat(json.texts("a")).containsExactly(Map.entry("b", "c"), Map.entry("d", ""));
    assertThat(json.texts("e")).isEmpty();
    assertThat(json.texts("f")).isEmpty();
  }

  @Test
  void whatFollowsTheValueMakesItNone() {
    assertThat(LenientJson.parse("{} {}").isObject()).isFalse();
  }
}
