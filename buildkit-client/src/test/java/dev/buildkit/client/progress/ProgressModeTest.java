/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressModeTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void environmentDecidesWhereTheUserDoesNot() {
    Map<String, String> environment = Map.of("BUILDKIT_PROGRESS", "rawjson");

    assertThat(ProgressMode.of("auto", environment)).isEqualTo(ProgressMode.RAWJSON);
    assertThat(ProgressMode.of("plain", environment)).isEqualTo(ProgressMode.PLAIN);
    assertThat(ProgressMode.of("auto", Map.of())).isEqualTo(ProgressMode.AUTO);
    assertThat(ProgressMode.of("auto", Map.of("BUILDKIT_PROGRESS", "")))
        .isEqualTo(ProgressMode.AUTO);
  }

  @Test
  void unknownModesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProgressPrinter.of("fancy", out))
        .withMessage(
            "progress mode must be one of auto, tty, plain, quiet, rawjson, but was: fancy");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProgressMode.of("auto", Map.of("BUILDKIT_PROGRESS", "PLAIN")))
        .withMessage(
            "BUILDKIT_PROGRESS must be one of auto, tty, plain, quiet, rawjson, but was: PLAIN");
  }

  @Test
  void ttyNeedsATerminal() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ProgressPrinter.of("tty", out))
        .withMessage(
            "progress mode tty needs a terminal, but the stream is none; use auto or plain");
  }

  @Test
  void whatIsNoTerminalGetsPlainLines() {
    assertThat(written("auto")).isEqualTo("#1 step a\n#1 DONE 0.1s\n");
    out.reset();
    assertThat(written("plain")).isEqualTo("#1 step a\n#1 DONE 0.1s\n");
  }

  @Test
  void quietWritesNothing() {
    assertThat(written("quiet")).isEmpty();
  }

  @Test
  void rawJsonIsWrittenAtOnce() {
    ProgressPrinter printer = ProgressPrinter.rawJson(out);
    printer.update(Reports.started("a", 0));
    printer.update(Reports.completed("a", 0, 1_500));

    assertThat(out.toString(UTF_8)).isEqualTo("""
        {"vertexes":[{"digest":"a","name":"step a","started":"2027-01-15T08:00:00Z"}]}
        {"vertexes":[{"digest":"a","name":"step a","started":"2027-01-15T08:00:00Z",\
        "completed":"2027-01-15T08:00:01.5Z"}]}
        """);
    printer.completed();
  }

  private String written(String mode) {
    ProgressPrinter printer =
        ProgressMode.of(mode, Map.of()).printer(out, () -> new TerminalSize(80, 24), Map.of());
    printer.update(Reports.completed("a", 0, 100));
    printer.completed();
    return out.toString(UTF_8);
  }
}
