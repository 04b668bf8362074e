/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The look of jobs on a terminal of a certain width. */
final class JobLines {
  private static final String MARK = " => ";
  private static final String WINDOW_MARK = " => => # ";
  private static final int MIN_NAME = 12;
  private static final int MIN_NAME_BESIDE_AMOUNT = 20;
  private static final Duration SHORTEST_TIME = Duration.ofMillis(50);

  private final int columns;

  JobLines(int columns) {
    this.columns = columns;
  }

  /** Returns the lines of the selected jobs, each followed by its output if that was selected. */
  List<LiveLines.Line> of(JobLayout.Selection selection) {
    List<LiveLines.Line> lines = new ArrayList<>();
    for (Job job : selection.jobs()) {
      line(job).ifPresent(lines::add);
      job.window()
          .filter(selection.windows()::contains)
          .ifPresent(window -> window.lines().forEach(text -> lines.add(output(text))));
    }
    return lines;
  }

  /** Returns the line of a job, or nothing if the terminal is too narrow for one. */
  private Optional<LiveLines.Line> line(Job job) {
    Duration time = job.time().compareTo(SHORTEST_TIME) < 0 ? Duration.ZERO : job.time();
    String timer = Figures.seconds(time, 1) + "s";
    // Two columns in front of the time and one behind it stay free.
    int left = columns - MARK.length() - timer.length() - 3;
    boolean amountFits =
        !job.amount().isEmpty() && left + job.amount().length() > MIN_NAME_BESIDE_AMOUNT;
    String amount = amountFits ? " " + job.amount() : "";
    left -= amount.length();
    if (left < MIN_NAME) {
      return Optional.empty();
    }
    String text = MARK + Columns.clip(Columns.oneLine(job.name()), left) + amount;
    return Optional.of(new LiveLines.Line(
        Columns.spread(text, timer, columns - 1), job.completed() ? job.color() : ""));
  }

  private LiveLines.Line output(String text) {
    return new LiveLines.Line(Columns.clip(WINDOW_MARK + text, columns), Colors.FAINT);
  }
}
