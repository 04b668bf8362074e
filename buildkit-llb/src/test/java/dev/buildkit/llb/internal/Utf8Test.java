/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class Utf8Test {
  @Test
  void codePointsAboveAllCharsComeLast() {
    assertThat(Utf8.ORDER.compare("\uFF5E", "\uD83D\uDE00")).isNegative();
    assertThat("\uFF5E".compareTo("\uD83D\uDE00")).isPositive();
  }

  @Property
  void theOrderIsThatOfTheBytes(@ForAll int[] first, @ForAll int[] second) {
    String a = text(first);
    String b = text(second);

    assertThat(Integer.signum(Utf8.ORDER.compare(a, b)))
        .isEqualTo(Integer.signum(Arrays.compareUnsigned(bytes(a), bytes(b))));
  }

  /** Returns a text of valid code points, few enough for many common beginnings. */
  private static String text(int[] seeds) {
    int[] codePoints = {'a', 'z', 0xe4, 0x20ac, 0xd7ff, 0xe000, 0xff5e, 0x10000, 0x1f600};
    StringBuilder text = new StringBuilder();
    for (int seed : seeds) {
      text.appendCodePoint(codePoints[Math.floorMod(seed, codePoints.length)]);
    }
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
