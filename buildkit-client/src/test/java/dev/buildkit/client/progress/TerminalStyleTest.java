/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalStyleTest {
  @ParameterizedTest
  @CsvSource({"6, 50, 6", "20, 50, 20", "20, 22, 15", "20, 10, 6", "3, 50, 6"})
  void outputGetsAsManyRowsAsFit(String wanted, int rows, int windowRows) {
    TerminalStyle style = TerminalStyle.of(Map.of("BUILDKIT_TTY_LOG_LINES", wanted));

    assertThat(style.windowRows(new TerminalSize(80, rows))).isEqualTo(windowRows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "many", "999999999999"})
  void whatIsNoNumberOfLinesIsIgnored(String lines) {
    assertThat(TerminalStyle.of(Map.of("BUILDKIT_TTY_LOG_LINES", lines)))
        .isEqualTo(TerminalStyle.of(Map.of()));
  }

  @Test
  void displayRateIsInMilliseconds() {
    assertThat(Pace.of(Map.of("TTY_DISPLAY_RATE", "500")))
        .isEqualTo(new Pace(500_000_000, 500_000_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-5", "fast", "99999999999999999999"})
  void whatIsNoRateIsIgnored(String rate) {
    assertThat(Pace.of(Map.of("TTY_DISPLAY_RATE", rate))).isEqualTo(Pace.STEADY);
  }
}
