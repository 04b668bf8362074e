/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockLeadTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

  @Test
  void clockThatIsAheadHasAPositiveLead() {
    assertThat(ClockLead.of("2026-07-01T12:00:01.5Z", NOW)).isEqualTo(Duration.ofMillis(1500));
    assertThat(ClockLead.of("2026-07-01T11:59:59.123456789Z", NOW))
        .isEqualTo(Duration.ofNanos(-876_543_211));
  }

  @Test
  void offsetFromUtcIsUnderstood() {
    assertThat(ClockLead.of("2026-07-01T14:00:02+02:00", NOW)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void whatIsNoTimeHasNoLead() {
    assertThat(ClockLead.of("", NOW)).isZero();
    assertThat(ClockLead.of("yesterday", NOW)).isZero();
  }
}
