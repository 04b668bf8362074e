/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys and signatures are those that Go's client has. */
class TokenAuthorityTest {
  @ParameterizedTest
  @MethodSource("vectors")
  void keysAreThoseOfGo(JsonNode vector) {
    assertThat(authority(vector).publicKey()).isEqualTo(bytes(vector, "public_key"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void theSignatureComesBeforeThePayload(JsonNode vector) {
    assertThat(authority(vector).sign(bytes(vector, "payload"))).isEqualTo(bytes(vector, "signed"));
  }

  private static TokenAuthority authority(JsonNode vector) {
    boolean hasSecret = vector.get("host_has_secret").booleanValue();
    return TokenAuthority.of(
        bytes(vector, "salt"), hasSecret ? bytes(vector, "seed") : new byte[0]);
  }

  private static byte[] bytes(JsonNode vector, String name) {
    return HexFormat.of().parseHex(vector.get(name + "_hex").textValue());
  }

  static List<JsonNode> vectors() throws IOException {
    List<JsonNode> vectors = new ArrayList<>();
    try (InputStream in = TokenAuthorityTest.class.getResourceAsStream("token_authority.json")) {
      new ObjectMapper().readTree(in).forEach(vectors::add);
    }
    assertThat(vectors).hasSize(2);
    return vectors;
  }
}
