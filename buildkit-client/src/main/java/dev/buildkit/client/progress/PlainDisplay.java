/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.util.Comparator.comparing;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lines of text that are never taken back, as {@code buildctl build --progress=plain} writes them.
 *
 * <p>Steps are numbered in the order in which they appear. One is shown at a time; what the others
 * have to tell waits until they complete or get their turn.
 */
final class PlainDisplay implements Display {
  private static final int SHORT_NAME = 72;

  private final int maxName;
  private final Trace trace = new Trace();
  private final StatusLines statusLines = new StatusLines();
  private @Nullable Step current;
  private int steps;
  private boolean begun;

  PlainDisplay() {
    this(Integer.MAX_VALUE);
  }

  private PlainDisplay(int maxName) {
    this.maxName = maxName;
  }

  /** Returns a display that clips long names if {@code PROGRESS_NO_TRUNC} is 0. */
  static PlainDisplay of(Map<String, String> environment) {
    boolean clip = environment.getOrDefault("PROGRESS_NO_TRUNC", "").equals("0");
    return new PlainDisplay(clip ? SHORT_NAME : Integer.MAX_VALUE);
  }

  @Override
  public void update(SolveStatus status, long now) {
    trace.update(status, now);
  }

  @Override
  public boolean unfinished() {
    return !trace.changed().isEmpty() || replacement(current).isPresent();
  }

  @Override
  public void draw(Page page, long now) {
    Step before = current;
    List<Step> changed = trace.changed();
    List<Step> completed = changed.stream()
        .filter(Step::completed)
        .sorted(comparing((Step step) -> step != before).thenComparing(Step::stopped))
        .toList();
    completed.forEach(step -> print(step, page));
    Set<Step> running = new LinkedHashSet<>(changed);
    running.removeAll(completed);
    if (running.isEmpty()) {
      replacement(before).ifPresent(step -> print(step, page));
      return;
    }
    if (before != null) {
      if (running.contains(before)) {
        print(before, page);
      }
      running.add(before);
    }
    Turns.next(before, completed.contains(before), running, now)
        .ifPresent(step -> print(step, page));
  }

  @Override
  public void finish(Page page, long now) {
    draw(page, now);
    trace.failed().forEach(step -> step.quote(page));
  }

  /** Returns a running step to show, unless the one that was shown still runs. */
  private Optional<Step> replacement(@Nullable Step before) {
    return before != null && before.running()
        ? Optional.empty()
        : trace.shown().stream().filter(Step::running).findFirst();
  }

  private void print(Step step, Page page) {
    if (step.number() == 0) {
      step.number(++steps);
    }
    String prefix = "#" + step.number() + " ";
    if (step != current) {
      leaveCurrent(page);
      page.print(begun ? "\n" : "").print(prefix + clipped(step.name()) + "\n");
      begun = true;
    }
    boolean busy = printStatuses(step, prefix, page);
    for (VertexWarning warning : step.takeWarnings()) {
      page.print(prefix + "WARN: " + warning.message() + "\n");
    }
    step.log().print(page, prefix);
    current = step;
    if (step.completed() && !busy) {
      printEnd(step, prefix, page);
      step.news().reset();
      current = null;
    }
    trace.seen(step);
  }

  private String clipped(String name) {
    String start = Columns.clip(name, maxName);
    return start.length() < name.length() ? start + "..." : name;
  }

  private void leaveCurrent(Page page) {
    if (current != null) {
      if (current.log().partial()) {
        page.newLine();
      }
      current.log().interrupt();
      current.news().reset();
      page.print("#" + current.number() + " ...\n");
    }
  }

  /** Returns whether one of the activities that were printed goes on. */
  private boolean printStatuses(Step step, String prefix, Page page) {
    boolean busy = false;
    for (VertexStatus status : step.takeAdvanced()) {
      if (statusLines.worthOne(status)) {
        page.print(prefix + statusLines.next(status) + "\n");
        busy |= status.completed().isEmpty();
      }
    }
    return busy;
  }

  private static void printEnd(Step step, String prefix, Page page) {
    if (step.log().partial()) {
      page.newLine();
    }
    page.print(prefix);
    if (step.canceled()) {
      page.print("CANCELED");
    } else if (step.error().isPresent()) {
      page.print("ERROR: " + step.error().get());
    } else if (step.cached()) {
      page.print("CACHED");
    } else {
      page.print("DONE " + Figures.seconds(step.runTime(), 1) + "s");
    }
    page.newLine();
  }
}
