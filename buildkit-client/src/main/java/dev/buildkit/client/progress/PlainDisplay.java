/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.time.Duration.ZERO;
import static java.util.Comparator.comparing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
  private static final double MIN_STATUS_ADVANCE = 0.05;
  private static final Duration MIN_STATUS_PAUSE = Duration.ofSeconds(5);
  private static final Duration MIN_STATUS_TIME = Duration.ofMillis(10);

  private final Trace trace = new Trace();
  private final Map<String, VertexStatus> printedStatuses = new HashMap<>();
  private @Nullable Step current;
  private int steps;
  private boolean begun;

  @Override
  public void update(SolveStatus status, long now) {
    trace.update(status, now);
  }

  @Override
  public boolean unfinished() {
    return !trace.changed().isEmpty() || runningUnseen(current).isPresent();
  }

  @Override
  public void draw(Page page, long now) {
    List<Step> completed = new ArrayList<>();
    Set<Step> running = new LinkedHashSet<>();
    for (Step step : trace.changed()) {
      if (step.completed()) {
        completed.add(step);
      } else {
        running.add(step);
      }
    }
    Step before = current;
    completed.sort(comparing((Step step) -> step != before).thenComparing(Step::stopped));
    completed.forEach(step -> print(step, page));
    if (running.isEmpty()) {
      runningUnseen(before).ifPresent(step -> print(step, page));
      return;
    }
    if (before != null) {
      if (running.contains(before)) {
        print(before, page);
      }
      running.add(before);
    }
    Step next = Turns.next(before, completed.contains(before), running, now);
    if (next != null) {
      print(next, page);
    }
  }

  @Override
  public void finish(Page page, long now) {
    draw(page, now);
    for (Step step : trace.shown()) {
      if (step.error().isPresent() && !step.canceled()) {
        page.print("------\n > " + step.name() + ":\n");
        step.log().printRecent(page);
        page.print("------\n");
      }
    }
  }

  /** Returns a step that could be shown in the place of one that does not run. */
  private Optional<Step> runningUnseen(@Nullable Step shown) {
    return shown != null && shown.running()
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
      page.print(begun ? "\n" : "").print(prefix + step.name() + "\n");
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
      if (worthALine(status)) {
        printedStatuses.put(status.id(), status);
        page.print(prefix + status.id() + amount(status) + time(status)).newLine();
        busy |= status.completed().isEmpty();
      }
    }
    return busy;
  }

  private boolean worthALine(VertexStatus status) {
    VertexStatus last = printedStatuses.get(status.id());
    if (last == null || status.completed().isPresent()) {
      return true;
    }
    double advance =
        status.total() > 0 ? (double) (status.current() - last.current()) / status.total() : 0;
    Duration pause = Duration.between(last.timestamp(), status.timestamp());
    return advance >= MIN_STATUS_ADVANCE || pause.compareTo(MIN_STATUS_PAUSE) >= 0;
  }

  private static String amount(VertexStatus status) {
    String current = Figures.bytes(status.current());
    if (status.total() != 0) {
      return " " + current + " / " + Figures.bytes(status.total());
    }
    return status.current() == 0 ? "" : " " + current;
  }

  private static String time(VertexStatus status) {
    Instant end = status.completed().orElse(status.timestamp());
    Duration time = status.started().map(start -> Duration.between(start, end)).orElse(ZERO);
    String seconds =
        time.compareTo(MIN_STATUS_TIME) > 0 ? " " + Figures.seconds(time, 1) + "s" : "";
    return status.completed().isPresent() ? seconds + " done" : seconds;
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
