/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.time.Duration.ZERO;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The lines that tell how far an activity has come, and the decision when there are enough. */
final class StatusLines {
  private static final double MIN_ADVANCE = 0.05;
  private static final Duration MIN_PAUSE = Duration.ofSeconds(5);
  private static final Duration MIN_TIME = Duration.ofMillis(10);

  /** What was told last under an id; as in buildctl, steps that use the same id share it. */
  private final Map<String, VertexStatus> told = new HashMap<>();

  /** Returns whether an activity ended, or has come far enough since it was told last. */
  boolean worthOne(VertexStatus status) {
    VertexStatus last = told.get(status.id());
    if (last == null || status.completed().isPresent()) {
      return true;
    }
    double advance =
        status.total() > 0 ? (double) (status.current() - last.current()) / status.total() : 0;
    Duration pause = Duration.between(last.timestamp(), status.timestamp());
    return advance >= MIN_ADVANCE || pause.compareTo(MIN_PAUSE) >= 0;
  }

  /** Returns the next line, such as {@code sha256:1f73… 1.05MB / 3.62MB 0.4s}. */
  String next(VertexStatus status) {
    told.put(status.id(), status);
    String amount = Figures.amount(status);
    return status.id() + (amount.isEmpty() ? "" : " " + amount) + time(status);
  }

  private static String time(VertexStatus status) {
    Instant end = status.completed().orElse(status.timestamp());
    Duration time = status.started().map(start -> Duration.between(start, end)).orElse(ZERO);
    String seconds = time.compareTo(MIN_TIME) > 0 ? " " + Figures.seconds(time, 1) + "s" : "";
    return status.completed().isPresent() ? seconds + " done" : seconds;
  }
}
