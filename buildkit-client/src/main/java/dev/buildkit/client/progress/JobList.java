/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the lines of a terminal display: one a step, followed by those of what happens in it. */
final class JobList {
  private final Colors colors;
  private final LocalClock clock;
  private final Map<Step, LogWindow> windows;

  JobList(Colors colors, LocalClock clock, Map<Step, LogWindow> windows) {
    this.colors = colors;
    this.clock = clock;
    this.windows = windows;
  }

  List<Job> of(Iterable<Step> steps, long now) {
    List<Job> jobs = new ArrayList<>();
    for (Step step : steps) {
      jobs.add(job(step, now));
      step.statuses().forEach(status -> jobs.add(job(status, now)));
      step.warnings().forEach(warning -> jobs.add(job(warning, step, now)));
    }
    return jobs;
  }

  private Job job(Step step, long now) {
    Duration time = step.runs().stream()
        .map(run -> clock.length(run, now))
        .reduce(Duration.ZERO, Duration::plus);
    String color = colors.run();
    String name = step.name();
    if (step.canceled()) {
      name = "CANCELED " + name;
      color = colors.cancel();
    } else if (step.error().isPresent()) {
      name = "ERROR " + name;
      color = colors.error();
    }
    return new Job(
        step.cached() ? "CACHED " + name : name,
        "",
        time,
        step.completed(),
        color,
        Optional.ofNullable(windows.get(step)).filter(window -> step.running()));
  }

  private Job job(VertexStatus status, long now) {
    Interval run = new Interval(status.started().orElse(status.timestamp()), status.completed());
    return new Job(
        "=> " + status.id(),
        Figures.amount(status),
        clock.length(run, now),
        status.completed().isPresent(),
        colors.run(),
        Optional.empty());
  }

  /** A warning stands out by never being completed: it keeps its place when space gets short. */
  private Job job(VertexWarning warning, Step step, long now) {
    Duration time = step.started() ? clock.length(step.lastRun(), now) : Duration.ZERO;
    return new Job("WARN: " + warning.message(), "", time, false, "", Optional.empty());
  }
}
