/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class LogTailTest {
  private final LogTail tail = new LogTail(3);

  @Test
  void oldestLinesGoFirst() {
    add("1\n2\n3\n4\n");

    assertThat(tail.lines()).containsExactly("2", "3", "4");
  }

  @Test
  void openLineCounts() {
    add("1\n2\n3\n4");

    assertThat(tail.lines()).containsExactly("2", "3", "4");
  }

  @Test
  void emptyLinesCount() {
    add("1\n\n\n");

    assertThat(tail.lines()).containsExactly("1", "", "");
  }

  @Test
  void linesAndCharactersMayComeInPieces() {
    tail.add(ByteBuffer.wrap(new byte[] {'n', (byte) 0xc3}));
    tail.add(ByteBuffer.wrap(new byte[] {(byte) 0xa4, 'h'}));
    add("en\n");

    assertThat(tail.lines()).containsExactly("nähen");
  }

  @Test
  void carriageReturnAtTheEndIsDropped() {
    add("10%\r20%\r\nend\r");

    assertThat(tail.lines()).containsExactly("10%\r20%", "end");
  }

  @Test
  void ofALongLineTheEndIsKept() {
    add("x".repeat(100_000) + "end\nnext");

    assertThat(tail.lines()).hasSize(2);
    assertThat(tail.lines().get(0)).hasSizeBetween(2048, 4096).endsWith("xend");
    assertThat(tail.lines().get(1)).isEqualTo("next");
  }

  @Test
  void nothingAddedIsNothing() {
    assertThat(tail.lines()).isEmpty();
  }

  private void add(String text) {
    tail.add(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }
}
