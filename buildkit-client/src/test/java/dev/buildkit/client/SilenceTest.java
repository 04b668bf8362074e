/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
  private final Silence silence = new Silence(clock::get);

  @Test
  void itCountsFromTheEndOfTheLastSpeech() {
    clock.addAndGet(10);
    assertThat(silence.nanos()).isEqualTo(10);
    silence.breakWith(() -> clock.addAndGet(100));
    clock.addAndGet(7);

    assertThat(silence.nanos()).isEqualTo(7);
  }

  @Test
  void thereIsNoneWhileSomebodySpeaks() {
    silence.breakWith(() -> {
      clock.addAndGet(100);
      assertThat(silence.nanos()).isZero();
    });
  }

  @Test
  void itCanBeCountedFromNowOn() {
    clock.addAndGet(10);
    silence.restart();
    clock.addAndGet(3);

    assertThat(silence.nanos()).isEqualTo(3);
  }
}
