/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessTerminalSizeTest {
  @Test
  void environmentDecides() {
    assertThat(new ProcessTerminalSize(Map.of("COLUMNS", "132", "LINES", "43")).get())
        .isEqualTo(new TerminalSize(132, 43));
  }

  @Test
  void nonsenseInTheEnvironmentDoesNot() {
    TerminalSize size = new ProcessTerminalSize(Map.of("COLUMNS", "-1", "LINES", "43")).get();

    assertThat(size.columns()).isPositive();
    assertThat(size.rows()).isEqualTo(43);
    assertThat(new ProcessTerminalSize(Map.of("COLUMNS", "99999999999", "LINES", "x")).get())
        .isEqualTo(new ProcessTerminalSize(Map.of()).get());
  }

  @Test
  void aTerminalHasRoom() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TerminalSize(80, 0))
        .withMessage("terminal size must be at least 1 by 1, but was: 80 by 0");
  }
}
