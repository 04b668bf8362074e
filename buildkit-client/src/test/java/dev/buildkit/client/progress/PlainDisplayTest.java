/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static dev.buildkit.client.progress.Reports.completed;
import static dev.buildkit.client.progress.Reports.logged;
import static dev.buildkit.client.progress.Reports.started;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlainDisplayTest {
  static final Path RECORDINGS = Path.of("src/test/resources/dev/buildkit/client/progress/plain");

  static List<String> recordings() throws IOException {
    try (Stream<Path> files = Files.list(RECORDINGS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jsonl"))
          .map(name -> name.substring(0, name.length() - ".jsonl".length()))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void printsWhatBuildctlPrints(String name) throws IOException {
    Recording recording = Recording.read(RECORDINGS.resolve(name + ".jsonl"));

    assertThat(text(replay(recording)))
        .isEqualTo(text(Files.readAllBytes(RECORDINGS.resolve(name + ".txt"))));
  }

  @Test
  void runningStepComesBackWhenTheOthersAreDone() {
    DisplaySchedule schedule = new DisplaySchedule(new PlainDisplay(), Pace.STEADY);
    assertThat(text(schedule.update(started("a", 0), millis(0)))).isEqualTo("#1 step a\n");
    assertThat(text(schedule.update(completed("b", 0, 500), millis(500))))
        .isEqualTo("#1 ...\n\n#2 step b\n#2 DONE 0.5s\n");

    assertThat(schedule.ticking()).isTrue();
    assertThat(text(schedule.tick(schedule.nextTick()))).isEqualTo("\n#1 step a\n");
    assertThat(schedule.ticking()).isFalse();
  }

  @Test
  void namesAreClippedIfTheUserWantsThat() {
    Vertex vertex = Reports.vertex(
        "x".repeat(80), Optional.of(Reports.time(0)), Optional.empty(), Optional.empty());
    for (String setting : List.of("0", "1")) {
      PlainDisplay display = PlainDisplay.of(Map.of("PROGRESS_NO_TRUNC", setting));
      display.update(new SolveStatus(List.of(vertex), List.of(), List.of(), List.of()), 0);
      Page page = new Page();
      display.draw(page, 0);

      String name = setting.equals("0") ? "step " + "x".repeat(67) + "..." : vertex.name();
      assertThat(text(page.take())).isEqualTo("#1 " + name + "\n");
    }
  }

  @Test
  void emptyOutputIsIgnored() {
    PlainDisplay display = new PlainDisplay();
    display.update(started("a", 0), 0);
    display.update(logged("a", 1, ""), 0);
    display.update(completed("a", 0, 100), 0);
    Page page = new Page();
    display.draw(page, 0);

    assertThat(text(page.take())).isEqualTo("#1 step a\n#1 DONE 0.1s\n");
  }

  @Test
  void reportsOnUnknownStepsAreIgnored() {
    PlainDisplay display = new PlainDisplay();
    display.update(logged("a", 1, "hello\n"), 0);
    Page page = new Page();
    display.finish(page, 0);

    assertThat(page.take()).isEmpty();
    assertThat(display.unfinished()).isFalse();
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static byte[] replay(Recording recording) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DisplaySchedule schedule = new DisplaySchedule(new PlainDisplay(), Pace.STEADY);
    for (Recording.Arrival arrival : recording.arrivals()) {
      tickUntil(arrival.nanos(), schedule, out);
      out.writeBytes(schedule.update(arrival.status(), arrival.nanos()));
    }
    tickUntil(recording.endNanos(), schedule, out);
    out.writeBytes(schedule.finish(recording.endNanos()));
    return out.toByteArray();
  }

  private static void tickUntil(long end, DisplaySchedule schedule, ByteArrayOutputStream out) {
    while (schedule.ticking() && schedule.nextTick() <= end) {
      out.writeBytes(schedule.tick(schedule.nextTick()));
    }
  }

  /** Keeps bytes that are no UTF-8 apart. */
  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
