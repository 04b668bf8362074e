/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JsonTest {
  @Test
  void namesMatchInAnyCase() {
    assertThat(Json.parse("{\"Line\":3}").number("line")).isEqualTo(3);
  }

  @Test
  void exactNamesComeFirst() {
    assertThat(Json.parse("{\"LINE\":1,\"line\":2}").number("line")).isEqualTo(2);
  }

  @Test
  void numbersMayBeStrings() {
    assertThat(Json.parse("{\"index\":\"7\"}").number("index")).isEqualTo(7);
  }

  @Test
  void whatIsAbsentReadsAsNothing() {
    Json json = Json.parse("{}");

    assertThat(json.text("a")).isEmpty();
    assertThat(json.number("a")).isZero();
    assertThat(json.list("a")).isEmpty();
    assertThat(json.textInBase64("a")).isEmpty();
    assertThat(json.at("a").at("b").text("c")).isEmpty();
  }

  @Test
  void whatIsOfAnotherKindReadsAsNothing() {
    Json json = Json.parse("{\"a\":{\"b\":1},\"c\":[null],\"d\":null,\"e\":\"%\"}");

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
      assertThat(Json.parse(text).isObject()).isFalse();
      assertThat(Json.parse(text).text("a")).isEmpty();
    }
  }
}
