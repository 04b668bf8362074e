/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Duration SHORT = Duration.ofMillis(20);

  private final Gate gate = new Gate();

  @Test
  void manyMayEnterAtTheSameTime() {
    assertThat(gate.enter()).isTrue();
    assertThat(gate.enter()).isTrue();
  }

  @Test
  void nobodyEntersAfterItIsShut() {
    gate.shut();

    assertThat(gate.enter()).isFalse();
    assertThat(gate.awaitEmpty(SHORT)).isTrue();
  }

  @Test
  void itIsEmptyWhenAllHaveLeft() {
    assertThat(gate.enter()).isTrue();
    gate.shut();
    assertThat(gate.awaitEmpty(SHORT)).isFalse();
    gate.leave();

    assertThat(gate.awaitEmpty(SHORT)).isTrue();
  }

  @Test
  void theLastToLeaveRunsTheTask() {
    AtomicInteger runs = new AtomicInteger();
    assertThat(gate.enter()).isTrue();
    assertThat(gate.enter()).isTrue();
    gate.shut();
    gate.whenEmpty(runs::incrementAndGet);
    gate.leave();
    assertThat(runs).hasValue(0);
    gate.leave();

    assertThat(runs).hasValue(1);
    assertThat(gate.enter()).isFalse();
    assertThat(runs).hasValue(1);
  }

  @Test
  void theTaskRunsAtOnceIfNobodyIsThere() {
    AtomicInteger runs = new AtomicInteger();
    gate.shut();
    gate.whenEmpty(runs::incrementAndGet);

    assertThat(runs).hasValue(1);
  }

  @Test
  void anInterruptDoesNotCutTheWaitShort() {
    assertThat(gate.enter()).isTrue();
    gate.shut();
    Thread.currentThread().interrupt();

    assertThat(gate.awaitEmpty(SHORT)).isFalse();
    gate.leave();
    assertThat(gate.awaitEmpty(SHORT)).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }
}
