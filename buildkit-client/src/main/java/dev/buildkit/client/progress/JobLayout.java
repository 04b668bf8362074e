/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides what of a solve fits on a screen: which lines, and of which steps the output.
 *
 * <p>Output is shown of those that write much, and of those that were seen for a while, so that it
 * does not jump from one to another.
 */
final class JobLayout {
  private static final int BYTES_PER_DRAWING = 50;
  private static final int SPARE_ROWS = 3;

  private final Map<LogWindow, Integer> drawings = new HashMap<>();

  /** What is to be drawn. */
  record Selection(List<Job> jobs, Set<LogWindow> windows) {}

  /** Returns all lines, for the last drawing. */
  Selection all(List<Job> jobs, int rows, int windowRows) {
    return new Selection(jobs, windows(jobs, rows, windowRows));
  }

  /** Returns those that fit, with the header and the line of the cursor, into so many rows. */
  Selection fitting(List<Job> jobs, int rows, int windowRows) {
    Set<LogWindow> windows = windows(jobs, rows, windowRows);
    int used = windows.stream().mapToInt(window -> window.lines().size()).sum();
    return new Selection(clip(jobs, rows - 2 - used), windows);
  }

  private Set<LogWindow> windows(List<Job> jobs, int rows, int windowRows) {
    List<LogWindow> candidates = jobs.stream()
        .flatMap(job -> job.window().stream())
        .sorted(comparingLong(this::claim).reversed())
        .toList();
    long open = jobs.stream().filter(job -> !job.completed()).count();
    long free = rows - 2 - open;
    Set<LogWindow> chosen = new HashSet<>();
    for (LogWindow window : candidates) {
      if (free > windowRows + SPARE_ROWS) {
        chosen.add(window);
        drawings.merge(window, 1, Integer::sum);
        free -= windowRows + SPARE_ROWS;
      }
    }
    drawings.keySet().retainAll(candidates);
    return chosen;
  }

  private long claim(LogWindow window) {
    return window.bytes() + (long) BYTES_PER_DRAWING * drawings.getOrDefault(window, 0);
  }

  /** Returns the last lines, and in the place of completed ones those that still run. */
  private static List<Job> clip(List<Job> jobs, int limit) {
    if (limit <= 0) {
      return List.of();
    }
    int cut = Math.max(0, jobs.size() - limit);
    List<Job> hidden =
        jobs.subList(0, cut).stream().filter(job -> !job.completed()).toList();
    List<Job> last = new ArrayList<>();
    int places = hidden.size();
    int freed = 0;
    for (Job job : jobs.subList(cut, jobs.size())) {
      if (job.completed() && places > 0) {
        freed++;
      } else {
        last.add(job);
      }
      places--;
    }
    List<Job> clipped = new ArrayList<>(hidden.subList(hidden.size() - freed, hidden.size()));
    clipped.addAll(last);
    return clipped;
  }
}
