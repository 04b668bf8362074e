/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a display shows as one: a vertex, or the vertexes of a group. */
final class Step {
  private final NavigableMap<Instant, Interval> runs = new TreeMap<>();
  private final Map<String, VertexStatus> statuses = new LinkedHashMap<>();
  private final Set<String> advanced = new LinkedHashSet<>();
  private final List<VertexWarning> warnings = new ArrayList<>();
  private final StepLog log = new StepLog();
  private final StepNews news = new StepNews();
  private List<Interval> mergedRuns = List.of();
  private Optional<Vertex> lastStarted = Optional.empty();

  private String name;
  private boolean cached;
  private Optional<String> error = Optional.empty();
  private boolean hidden;
  private int number;
  private int warningsTaken;

  Step(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  boolean cached() {
    return cached;
  }

  Optional<String> error() {
    return error;
  }

  /** Returns whether it is not to be shown yet. */
  boolean hidden() {
    return hidden;
  }

  void hidden(boolean hidden) {
    this.hidden = hidden;
  }

  /** Returns the number that it is shown under, or 0 if it was not shown yet. */
  int number() {
    return number;
  }

  void number(int number) {
    this.number = number;
  }

  StepLog log() {
    return log;
  }

  StepNews news() {
    return news;
  }

  boolean started() {
    return !mergedRuns.isEmpty();
  }

  boolean running() {
    return started() && lastRun().open();
  }

  boolean completed() {
    return started() && !lastRun().open();
  }

  /** Returns when it completed last; to be asked only once it has. */
  Instant stopped() {
    return lastRun().stop().orElseThrow();
  }

  /** Returns the times during which it ran, which neither overlap nor touch. */
  List<Interval> runs() {
    return mergedRuns;
  }

  /** Returns the latest of them; to be asked only once it has started. */
  Interval lastRun() {
    return mergedRuns.get(mergedRuns.size() - 1);
  }

  /** Returns the activities that have started, in the order of their starts. */
  Collection<VertexStatus> statuses() {
    return Collections.unmodifiableCollection(statuses.values());
  }

  List<VertexWarning> warnings() {
    return Collections.unmodifiableList(warnings);
  }

  /** Returns whether it failed only because the solve was given up. */
  boolean canceled() {
    return error.isPresent() && Vertex.isCancellation(error.get());
  }

  /** Returns how long it ran in all. */
  Duration runTime() {
    return mergedRuns.stream().map(Interval::length).reduce(Duration.ZERO, Duration::plus);
  }

  /** Takes over a new state, and returns whether that is worth showing. */
  boolean update(Vertex vertex) {
    if (vertex.started().isEmpty()) {
      if (!started()) {
        describe(vertex.name(), vertex.cached(), vertex.error());
      }
      return false;
    }
    boolean changed = lastStarted.map(last -> differs(last, vertex)).orElse(true);
    lastStarted = Optional.of(vertex);
    describe(vertex.name(), vertex.cached(), vertex.error());
    addRun(vertex);
    return changed;
  }

  void describe(String newName, boolean nowCached, Optional<String> newError) {
    name = newName;
    cached = nowCached;
    error = newError;
  }

  /** Adds the run of a vertex that has started, and returns whether it is new or has changed. */
  @CanIgnoreReturnValue
  boolean addRun(Vertex vertex) {
    Interval run = new Interval(vertex.started().orElseThrow(), vertex.completed());
    boolean changed = !run.equals(runs.put(run.start(), run));
    if (changed) {
      mergedRuns = Interval.merge(runs.values());
    }
    return changed;
  }

  void add(VertexStatus status) {
    if (status.started().isPresent() || statuses.containsKey(status.id())) {
      statuses.put(status.id(), status);
      advanced.add(status.id());
    }
  }

  void add(VertexWarning warning) {
    warnings.add(warning);
  }

  void add(VertexLog output) {
    Duration since =
        started() ? Duration.between(lastRun().start(), output.timestamp()) : Duration.ZERO;
    log.add(output.data(), Figures.logSeconds(since) + " ");
  }

  /** Returns the activities that advanced since the last call, in the order of their starts. */
  List<VertexStatus> takeAdvanced() {
    List<VertexStatus> taken = statuses.values().stream()
        .filter(status -> advanced.contains(status.id()))
        .toList();
    advanced.clear();
    return taken;
  }

  /** Returns the warnings since the last call. */
  List<VertexWarning> takeWarnings() {
    List<VertexWarning> taken = List.copyOf(warnings.subList(warningsTaken, warnings.size()));
    warningsTaken = warnings.size();
    return taken;
  }

  /** Prints what the end of a display quotes of a step that failed. */
  void quote(Page page) {
    page.print("------\n > " + name + ":\n");
    log.printRecent(page);
    page.print("------\n");
  }

  private static boolean differs(Vertex old, Vertex vertex) {
    return vertex.completed().isPresent()
        || !vertex.started().equals(old.started())
        || !vertex.name().equals(old.name())
        || vertex.cached() != old.cached()
        || !vertex.error().equals(old.error());
  }
}
