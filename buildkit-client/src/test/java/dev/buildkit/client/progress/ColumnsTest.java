/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
  @Test
  void someCharactersTakeTwoColumnsAndSomeNone() {
    assertThat(Columns.of("abc")).isEqualTo(3);
    assertThat(Columns.of("\u00e9\u0431")).isEqualTo(2);
    assertThat(Columns.of("\u65e5\uff21\ud83d\ude00")).isEqualTo(6);
    assertThat(Columns.of("e\u0301\u200d")).isEqualTo(1);
  }

  @Test
  void clippingCutsNoCharacter() {
    assertThat(Columns.clip("abc", 5)).isEqualTo("abc");
    assertThat(Columns.clip("abc", 2)).isEqualTo("ab");
    assertThat(Columns.clip("abc", 0)).isEmpty();
    assertThat(Columns.clip("\u65e5\u672c", 3)).isEqualTo("\u65e5");
    assertThat(Columns.clip("\ud83d\ude00x", 1)).isEmpty();
    assertThat(Columns.clip("e\u0301x", 1)).isEqualTo("e\u0301");
  }

  @Test
  void spreadTextsFillALine() {
    assertThat(Columns.spread("ab", "cd", 8)).isEqualTo("ab    cd");
    assertThat(Columns.spread("\u65e5", "cd", 8)).isEqualTo("\u65e5    cd");
    assertThat(Columns.spread("ab", "cd", 3)).isEqualTo("ab cd");
  }

  @Test
  void nothingInALineMovesTheCursor() {
    assertThat(Columns.oneLine("a\tb\u001b[2Jc\nd\u009be\u007f")).isEqualTo("a b [2Jc d e ");
  }
}
