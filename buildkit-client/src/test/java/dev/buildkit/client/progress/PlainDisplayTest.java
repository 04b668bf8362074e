/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlainDisplayTest {
  static List<Path> recordings() throws IOException {
    String dir =
        System.getProperty("pairs", "src/test/resources/dev/buildkit/client/progress/plain");
    try (Stream<Path> files = Files.list(Path.of(dir))) {
      return files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void printsWhatBuildctlPrints(Path file) throws IOException {
    Path expected = Path.of(file.toString().replace(".jsonl", System.getProperty("ext", ".txt")));
    assertThat(new String(replay(Recording.read(file)), ISO_8859_1))
        .isEqualTo(Files.readString(expected, ISO_8859_1));
  }

  private static byte[] replay(Recording recording) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DisplaySchedule schedule = new DisplaySchedule(new PlainDisplay());
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
}
