/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.Test;

class PruneOptionsTest {
  @Test
  void eachMethodReturnsACopy() {
    PruneOptions options = PruneOptions.none()
        .all()
        .filter("type==regular")
        .filter("type==internal")
        .keepDuration(Duration.ofHours(1))
        .reservedSpace(1)
        .maxUsedSpace(2)
        .minFreeSpace(3);

    assertThat(options.isAll()).isTrue();
    assertThat(options.filters()).containsExactly("type==regular", "type==internal");
    assertThat(options.keepDuration()).isEqualTo(Duration.ofHours(1));
    assertThat(options.reservedSpace()).isEqualTo(1);
    assertThat(options.maxUsedSpace()).isEqualTo(2);
    assertThat(options.minFreeSpace()).isEqualTo(3);
    assertThat(PruneOptions.none())
        .hasToString("PruneOptions[all=false, filters=[], keepDuration=PT0S, reservedSpace=0,"
            + " maxUsedSpace=0, minFreeSpace=0]");
  }

  @Test
  void wrongValuesAreRefused() {
    PruneOptions none = PruneOptions.none();
    assertThatThrownBy(() -> none.filter(" ")).hasMessage("prune filter must not be blank");
    assertThatThrownBy(() -> none.keepDuration(Duration.ofSeconds(-1)))
        .hasMessage("keepDuration must not be negative, but was: PT-1S");
    assertThatThrownBy(() -> none.reservedSpace(-1))
        .hasMessage("reservedSpace must not be negative, but was: -1");
    assertThatThrownBy(() -> none.maxUsedSpace(-1))
        .hasMessage("maxUsedSpace must not be negative, but was: -1");
    assertThatThrownBy(() -> none.minFreeSpace(-1))
        .hasMessage("minFreeSpace must not be negative, but was: -1");
  }

  @Test
  void equalWhenAllPartsAre() {
    EqualsVerifier.forClass(PruneOptions.class)
        .withNonnullFields("filters", "keepDuration")
        .verify();
  }
}
