/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RequestQueueTest {
  private final RequestQueue queue = new RequestQueue(Runnable::run);

  @Test
  void idsComeInOrderThroughGrowth() {
    int next = 0;
    int added = 0;
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 50; i++) {
        queue.add(added++);
      }
      for (int i = 0; i < 30; i++) {
        assertThat(queue.takeOrIdle(() -> {})).isEqualTo(next++);
      }
    }
    while (next < added) {
      assertThat(queue.takeOrIdle(() -> {})).isEqualTo(next++);
    }
  }

  @Test
  void idleLanesRunOnceForEachId() {
    AtomicInteger runs = new AtomicInteger();
    assertThat(queue.takeOrIdle(runs::incrementAndGet)).isEqualTo(RequestQueue.NONE);
    assertThat(runs).hasValue(0);

    queue.add(7);
    queue.add(8);

    assertThat(runs).hasValue(1);
    assertThat(queue.takeOrIdle(runs::incrementAndGet)).isEqualTo(7);
    assertThat(queue.takeOrIdle(runs::incrementAndGet)).isEqualTo(8);
  }
}
