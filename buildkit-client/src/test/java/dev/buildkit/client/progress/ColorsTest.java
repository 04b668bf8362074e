/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColorsTest {
  private static final Colors DEFAULTS = Colors.defaults(false);

  @Test
  void doneIsBlueGivenUpYellowAndFailedRed() {
    assertThat(Colors.of(Map.of()))
        .isEqualTo(new Colors("\u001b[34m", "\u001b[33m", "\u001b[31m", "\u001b[33m"));
    assertThat(Colors.defaults(true).run()).isEqualTo("\u001b[36m");
  }

  @Test
  void usersMayWantNone() {
    assertThat(Colors.of(Map.of("NO_COLOR", "1", "BUILDKIT_COLORS", "run=green")))
        .isEqualTo(Colors.NONE);
    assertThat(Colors.of(Map.of("NO_COLOR", ""))).isEqualTo(DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "green           | 32",
        "Light-Blue      | 94",
        "default         | 39",
        "light-white     | 97",
        "0,0,0           | 38;5;16",
        "255,255,255     | 38;5;231",
        "123,23,44       | 38;5;89",
      })
  void colorsHaveNamesOrThreeNumbers(String color, String command) {
    assertThat(Colors.of(Map.of("BUILDKIT_COLORS", "RUN=" + color)))
        .isEqualTo(new Colors(
            "\u001b[" + command + "m", DEFAULTS.cancel(), DEFAULTS.error(), DEFAULTS.warning()));
  }

  @Test
  void eachKindHasItsOwn() {
    assertThat(Colors.of(
            Map.of("BUILDKIT_COLORS", "run=cyan:cancel=white:error=magenta:warning=black")))
        .isEqualTo(new Colors("\u001b[36m", "\u001b[37m", "\u001b[35m", "\u001b[30m"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "run",
        "run=",
        "run=pink",
        "run=1,2",
        "run=1,2,3,4",
        "run=1,2,256",
        "run=1,2,-3",
        "run=1,2,x",
        "run=red=blue",
        "light=red",
        "run=light-default",
        "run=light-"
      })
  void whatIsWrongIsIgnored(String setting) {
    assertThat(Colors.of(Map.of("BUILDKIT_COLORS", setting))).isEqualTo(DEFAULTS);
    assertThat(Colors.of(Map.of("BUILDKIT_COLORS", setting + ":error=red"))).isEqualTo(DEFAULTS);
  }
}
