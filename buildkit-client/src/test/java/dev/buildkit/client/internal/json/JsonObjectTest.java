/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JsonObjectTest {
  @Test
  void emptyMembersAreLeftOut() {
    JsonObject json = new JsonObject()
        .put("text", "")
        .put("number", 0)
        .put("truth", false)
        .put("bytes", new byte[0])
        .put("object", Optional.empty())
        .putTexts("texts", List.of())
        .putBytes("pieces", List.of())
        .putObjects("objects", List.of());

    assertThat(json).hasToString("{}");
  }

  @Test
  void membersKeepTheirOrder() {
    JsonObject json = new JsonObject()
        .put("z", "\"\n")
        .put("y", 1L << 40)
        .put("x", true)
        .put("w", new byte[] {1, 2, 3})
        .put("v", JsonObject.ofTexts(Map.of("u", "")))
        .putTexts("t", List.of("a", "b"))
        .putObjects("s", List.of(new JsonObject()));

    assertThat(json)
        .hasToString("{\"z\":\"\\\"\\n\",\"y\":1099511627776,\"x\":true,\"w\":\"AQID\","
            + "\"v\":{\"u\":\"\"},\"t\":[\"a\",\"b\"],\"s\":[{}]}");
  }

  @Test
  void whatIsPutAlwaysIsThere() {
    JsonObject json = new JsonObject()
        .putAlways("text", "")
        .putAlways("number", 0)
        .putAlways("bytes", new byte[0]);

    assertThat(json).hasToString("{\"text\":\"\",\"number\":0,\"bytes\":\"\"}");
  }

  @Test
  void anArrayStandsInOneLine() {
    List<JsonObject> objects = List.of(new JsonObject().put("a", 1), new JsonObject());

    assertThat(JsonObject.array(objects)).isEqualTo("[{\"a\":1},{}]");
  }

  @Test
  void linesAreIndented() {
    assertThat(new JsonObject().put("a", new JsonObject().put("b", "c")).toLines())
        .isEqualToNormalizingNewlines("{\n  \"a\" : {\n    \"b\" : \"c\"\n  }\n}");
  }
}
