/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static dev.buildkit.client.progress.Reports.completed;
import static dev.buildkit.client.progress.Reports.failed;
import static dev.buildkit.client.progress.Reports.logged;
import static dev.buildkit.client.progress.Reports.started;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TerminalDisplayTest {
  private static final Path RESOURCES = Path.of("src/test/resources/dev/buildkit/client/progress");

  private final Screen screen = new Screen(60, 12);
  private final Page page = new Page();
  private TerminalSize size = new TerminalSize(60, 12);
  private final TerminalDisplay display =
      new TerminalDisplay(() -> size, new TerminalStyle(Colors.defaults(false), 6));

  static List<String> recordings() throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES.resolve("tty"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".txt"))
          .map(name -> name.replace(".txt", ""))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void showsWhatBuildctlShows(String name) throws IOException {
    String[] parts = name.split("-(?=[^-]*$)|x(?=\\d+$)", -1);
    Recording recording = Recording.read(RESOURCES.resolve("plain/" + parts[0] + ".jsonl"));
    int columns = Integer.parseInt(parts[1]);
    int rows = Integer.parseInt(parts[2]);

    assertThat(replay(recording, columns, rows))
        .isEqualTo(masked(Files.readString(RESOURCES.resolve("tty/" + name + ".txt"))));
  }

  @Test
  void completedLinesHaveColorsAndOutputIsFaint() {
    display.update(completed("a", 0, 1_000), 0);
    display.update(failed("b", 0, 2_000, "exit code: 1"), 0);
    display.update(failed("c", 0, 3_000, "context canceled"), 0);
    display.update(started("d", 0), 0);
    display.update(logged("d", 0, "\u001b[35mhello"), 0);
    size = new TerminalSize(60, 24);
    display.draw(page, 0);

    assertThat(new String(page.take(), UTF_8))
        .contains("\u001b[34m => step a", "\u001b[31m => ERROR step b", " 2.0s\u001b[0m")
        .contains("\u001b[33m => CANCELED step c")
        .contains("\u001b[K\n => step d", "\u001b[2m => => # hello\u001b[0m")
        .doesNotContain("[35m");
  }

  @Test
  void timeGoesOnBetweenReports() {
    display.update(started("a", 5_000), seconds(100));
    display.draw(page, seconds(101));
    screen.write(page.take());
    assertThat(screen.text()).matches("\\[\\+] Building 1.0s \\(0/1\\)\n => step a +1.0s");

    display.draw(page, seconds(172));
    screen.write(page.take());
    assertThat(screen.text()).matches("\\[\\+] Building 72.0s \\(0/1\\)\n => step a +72.0s");
    assertThat(display.unfinished()).isTrue();
  }

  @Test
  void everyWarningIsShown() {
    display.update(started("a", 0), 0);
    for (String message : List.of("first", "second")) {
      display.update(warned("a", message), 0);
      display.draw(page, 0);
    }
    screen.write(page.take());

    assertThat(screen.text()).contains(" => WARN: first  ", " => WARN: second  ");
  }

  @Test
  void namesDoNotMoveTheCursor() {
    Vertex evil = new Vertex(
        "a",
        List.of(),
        "x\u001b[2Jy\nz",
        Optional.of(Reports.time(0)),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty());
    display.update(new SolveStatus(List.of(evil), List.of(), List.of(), List.of()), 0);
    display.draw(page, 0);
    screen.write(page.take());

    assertThat(screen.text()).contains(" => x [2Jy z  ");
  }

  @Test
  void outputIsShownOfTheBusiestStepsThatFit() {
    size = new TerminalSize(60, 14);
    display.update(started("a", 0), 0);
    display.update(started("b", 0), 0);
    display.update(logged("a", 0, "little\n"), 0);
    display.update(logged("b", 0, "1\n2\n3\n4\n5\n6\n7\n8\n"), 0);
    display.draw(page, 0);
    screen.write(page.take());
    assertThat(screen.text()).contains("# 3\n => => # 4\n").doesNotContain("# 2", "little");

    display.update(completed("b", 0, 1_000), 0);
    display.draw(page, 0);
    screen.write(page.take());
    assertThat(screen.text()).contains("little").doesNotContain("# 3");
  }

  @Test
  void moreOutputIsShownWhereItIsWantedAndFits() {
    TerminalDisplay roomy =
        new TerminalDisplay(() -> new TerminalSize(60, 40), new TerminalStyle(Colors.NONE, 20));
    roomy.update(started("a", 0), 0);
    Screen large = new Screen(60, 40);
    for (int i = 1; i <= 30; i++) {
      roomy.update(logged("a", 0, "line " + i + "\n"), 0);
      roomy.draw(page, 0);
      large.write(page.take());
    }

    assertThat(large.text()).contains("# line 11\n", "# line 30").doesNotContain("line 10");
    assertThat(large.text().lines()).hasSize(22);
  }

  @Test
  void smallTerminalShowsWhatRuns() {
    size = new TerminalSize(30, 5);
    for (String step : List.of("a", "b", "c", "d")) {
      display.update(step.equals("a") ? started(step, 0) : completed(step, 0, 1_000), 0);
    }
    Screen small = new Screen(30, 5);
    display.draw(page, 0);
    small.write(page.take());
    assertThat(masked(small.text())).isEqualTo("""
        [+] Building T (3/4)
         => step a T
         => step c T
         => step d T""");
  }

  @Test
  void nothingButTheHeaderFitsOnATinyOne() {
    size = new TerminalSize(16, 2);
    display.update(started("a", 0), 0);
    Screen tiny = new Screen(16, 2);
    display.draw(page, 0);
    display.finish(page, 0);
    tiny.write(page.take());

    assertThat(tiny.text()).isEqualTo("[+] Building 0.0");
  }

  @Test
  void terminalThatShrinksUnnoticedIsNotFilledWithRests() {
    for (String step : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
      display.update(completed(step, 0, 1_000), 0);
    }
    display.draw(page, 0);
    screen.write(page.take());
    screen.shrink(30, 4);
    display.draw(page, 0);
    display.draw(page, 0);
    size = new TerminalSize(30, 4);
    display.draw(page, 0);
    screen.write(page.take());

    // What was above the smaller screen has scrolled away once, as it was.
    assertThat(masked(screen.text()).lines())
        .hasSize(6 + 3)
        .endsWith("[+] Building T (8/8)", " => step g T", " => step h T");
    assertThat(screen.tidy()).isTrue();
  }

  @Test
  void longOutputOfAFailedStepIsClipped() {
    display.update(started("a", 0), 0);
    for (int i = 0; i < 30_000; i++) {
      display.update(logged("a", 0, i + "\n"), 0);
    }
    display.update(failed("a", 0, 1_000, "exit code: 1"), 0);
    display.finish(page, 0);

    String text = new String(page.take(), UTF_8);
    assertThat(text).contains("------\n > step a:\n", "0.000 29999\n------\n");
    assertThat(text.lines().count()).isBetween(10_000L, 20_010L);
  }

  private static long seconds(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  private static SolveStatus warned(String step, String message) {
    VertexWarning warning =
        new VertexWarning(step, 1, message, List.of(), Optional.empty(), Optional.empty());
    return new SolveStatus(List.of(), List.of(), List.of(), List.of(warning));
  }

  private static String replay(Recording recording, int columns, int rows) {
    Screen screen = new Screen(columns, rows);
    TerminalDisplay display = new TerminalDisplay(
        () -> new TerminalSize(columns, rows), new TerminalStyle(Colors.NONE, 6));
    List<SolveStatus> reports =
        recording.arrivals().stream().map(Recording.Arrival::status).toList();
    int third = reports.size() / 3;
    int twoThirds = reports.size() * 2 / 3;
    StringBuilder seen = new StringBuilder();
    Page page = new Page();
    for (int i = 0; i < reports.size(); i++) {
      display.update(reports.get(i), 0);
      if (i == 0 || i + 1 == third || i + 1 == twoThirds) {
        display.draw(page, 0);
        screen.write(page.take());
      }
      if (i + 1 == third || i + 1 == twoThirds) {
        seen.append("==== after " + (i + 1) + "\n" + screen.text() + "\n");
      }
    }
    display.finish(page, 0);
    screen.write(page.take());
    assertThat(screen.tidy()).isTrue();
    return masked(seen + "==== after " + reports.size() + "\n" + screen.text() + "\n");
  }

  /** Hides the times, which depend on when the reports came, and what only fills a screen. */
  private static String masked(String screens) {
    return screens
        .lines()
        .map(line -> line.replaceFirst("(Building) [0-9.]+s", "$1 T")
            .replaceFirst(" +-?[0-9.]+s$", " T")
            .stripTrailing())
        .filter(line -> !line.isEmpty())
        .collect(joining("\n"));
  }
}
