/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A list of steps at the end of a terminal's screen that is kept up to date, as {@code buildctl
 * build --progress=tty} draws it.
 */
final class TerminalDisplay implements Display {
  private static final int WINDOW_MARGIN = 10;

  private final Supplier<TerminalSize> sizes;
  private final TerminalStyle style;
  private final Trace trace = new Trace();
  private final LocalClock clock = new LocalClock();
  private final Map<Step, LogWindow> windows = new HashMap<>();
  private final JobList jobs;
  private final JobLayout layout = new JobLayout();
  private final LiveLines screen = new LiveLines();
  private TerminalSize size;

  TerminalDisplay(Supplier<TerminalSize> sizes, TerminalStyle style) {
    this.sizes = sizes;
    this.style = style;
    this.size = sizes.get();
    jobs = new JobList(style.colors(), clock, windows);
  }

  @Override
  public void update(SolveStatus status, long now) {
    status.vertexes().stream()
        .flatMap(vertex -> vertex.started().stream())
        .findFirst()
        .ifPresent(start -> clock.started(start, now));
    trace.update(status, now);
    for (VertexLog log : status.logs()) {
      trace.step(log.vertex()).ifPresent(step -> window(step).write(log.data()));
    }
    status.vertexes().stream()
        // A group goes on with its next member.
        .filter(vertex -> vertex.progressGroup().isEmpty())
        .flatMap(vertex -> trace.step(vertex.digest()).stream())
        .filter(Step::completed)
        .forEach(this::close);
  }

  @Override
  public void draw(Page page, long now) {
    resize();
    JobLayout.Selection fitting =
        layout.fitting(jobs.of(trace.shown(), now), size.rows(), style.windowRows(size));
    screen.draw(lines(fitting, header(now)), size.columns(), page);
  }

  /** Time goes on. */
  @Override
  public boolean unfinished() {
    return true;
  }

  @Override
  public void finish(Page page, long now) {
    resize();
    JobLayout.Selection all =
        layout.all(jobs.of(trace.shown(), now), size.rows(), style.windowRows(size));
    boolean complete = trace.completedCount() > 0 && trace.completedCount() == trace.count();
    String header = header(now) + (complete ? " FINISHED" : "");
    screen.drawLast(lines(all, header), size.columns(), page);
    trace.failed().forEach(step -> step.quote(page));
  }

  private LogWindow window(Step step) {
    return windows.computeIfAbsent(
        step, any -> new LogWindow(style.windowRows(size), size.columns() - WINDOW_MARGIN));
  }

  private void resize() {
    size = sizes.get();
    for (LogWindow window : windows.values()) {
      window.resize(style.windowRows(size), size.columns() - WINDOW_MARGIN);
    }
  }

  /** Lets go of the output of a step that nobody will see again. */
  private void close(Step step) {
    windows.remove(step);
    if (step.error().isEmpty()) {
      step.log().clear();
    }
  }

  private String header(long now) {
    return "[+] Building " + Figures.seconds(clock.elapsed(now), 1) + "s (" + trace.completedCount()
        + "/" + trace.count() + ")";
  }

  private List<LiveLines.Line> lines(JobLayout.Selection selection, String header) {
    List<LiveLines.Line> lines = new ArrayList<>();
    lines.add(new LiveLines.Line(Columns.clip(header, size.columns()), ""));
    lines.addAll(new JobLines(size.columns()).of(selection));
    return lines;
  }
}
