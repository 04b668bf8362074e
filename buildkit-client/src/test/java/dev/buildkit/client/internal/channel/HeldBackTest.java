/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HeldBackTest {
  @Property
  void theLastBytesStayAndNoneIsLost(
      @ForAll @Size(max = 200) byte[] bytes,
      @ForAll @IntRange(min = 0, max = 50) int limit,
      @ForAll @Size(max = 10) int[] cuts) {
    HeldBack heldBack = new HeldBack(limit);
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    Pieces.of(bytes, cuts)
        .forEach(piece ->
            passed.writeBytes(ByteBufUtil.getBytes(heldBack.pass(ByteBuffer.wrap(piece)))));

    assertThat(passed.size()).isEqualTo(Math.max(0, bytes.length - limit));
    passed.writeBytes(ByteBufUtil.getBytes(heldBack.rest()));
    assertThat(passed.toByteArray()).isEqualTo(bytes);
  }
}
