/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteStringsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "\u0080", "\u07ff", "\u0800", "\ud7ff", "\uffff", "\ud83d\ude00"})
  void textsAreReadBack(String text) {
    assertThat(ByteStrings.toText(ByteStrings.of(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0080", // a continuation alone
        "\u00c0\u0080", // an overlong zero
        "\u00e0\u009f\u00bf", // overlong
        "\u00ed\u00a0\u0080", // a surrogate
        "\u00f0\u008f\u00bf\u00bf", // overlong
        "\u00f4\u0090\u0080\u0080", // beyond the last code point
        "\u00e2\u0082", // cut short
        "\u00f0\u009f\u0098", // cut short
        "\u00ff"
      })
  void eachBrokenByteIsOneCodePoint(String bytes) {
    assertThat(ByteStrings.toText(bytes)).isEqualTo("\ufffd".repeat(bytes.length()));
  }

  @Test
  void brokenBytesDoNotTakeTheirNeighbours() {
    assertThat(ByteStrings.toText("\u00e2a\u00e2\u0082\u00acb")).isEqualTo("\ufffda\u20acb");
  }
}
