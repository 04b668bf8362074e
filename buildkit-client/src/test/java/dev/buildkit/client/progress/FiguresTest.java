/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0B",
    "999, 999B",
    "1000, 1.00kB",
    "1234, 1.23kB",
    "999999, 1000.00kB",
    "1000000, 1.00MB",
    "20005250, 20.01MB",
    "1234567890, 1.23GB",
    "9223372036854775807, 9.22EB",
    "-5, -5B",
    "-1500, -1.50kB",
  })
  void bytesHaveDecimalUnits(long count, String text) {
    assertThat(Figures.bytes(count)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.000",
    "1, 0.001",
    "9999, 9.999",
    "10000, 10.00",
    "99999, 100.00",
    "100000, 100.0",
    "3723456, 3723.5",
    "-50, -0.050",
  })
  void logSecondsHaveFewerPlacesTheMoreTheyAre(long millis, String text) {
    assertThat(Figures.logSeconds(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    // The double nearest to 0.15 is a little less, the one nearest to 0.35 too, 0.25 is exact.
    "150, 0.1",
    "250, 0.2",
    "350, 0.3",
    "750, 0.8",
    "-10, -0.0",
  })
  void secondsAreRoundedFromTheExactBinaryValue(long millis, String text) {
    assertThat(Figures.seconds(Duration.ofMillis(millis), 1)).isEqualTo(text);
  }
}
