/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The steps of a solve as its reports tell of them, and which of them have news to show. */
final class Trace {
  private final Map<String, Step> byDigest = new HashMap<>();
  private final Map<String, StepGroup> groups = new HashMap<>();
  private final Set<Step> shown = new LinkedHashSet<>();
  private final Set<Step> changed = new LinkedHashSet<>();

  /** Takes in a report that arrived at this time, in nanoseconds. */
  void update(SolveStatus status, long now) {
    updateVertexes(status.vertexes(), now);
    for (VertexStatus activity : status.statuses()) {
      Step step = byDigest.get(activity.vertex());
      if (step != null) {
        step.add(activity);
        change(step, now);
      }
    }
    for (VertexWarning warning : status.warnings()) {
      Step step = byDigest.get(warning.vertex());
      if (step != null) {
        // Not a change: a warning is shown along with whatever the step has to tell next.
        step.add(warning);
        step.news().add(now);
      }
    }
    for (VertexLog log : status.logs()) {
      Step step = byDigest.get(log.vertex());
      if (step != null) {
        step.add(log);
        change(step, now);
      }
    }
  }

  /** Returns the steps that have started and are not hidden, in the order in which they did. */
  Set<Step> shown() {
    return Collections.unmodifiableSet(shown);
  }

  /** Returns the steps that failed and are not hidden, other than because the solve was given up. */
  List<Step> failed() {
    return shown.stream()
        .filter(step -> step.error().isPresent() && !step.canceled())
        .toList();
  }

  /** Returns the step that a vertex is shown as, if it was announced. */
  Optional<Step> step(String vertex) {
    return Optional.ofNullable(byDigest.get(vertex));
  }

  /**
   * Returns how many vertexes and groups were announced and are not hidden.
   *
   * <p>As in {@code buildctl}, a group counts along with its members, each of which has its state.
   */
  long count() {
    return count(step -> true);
  }

  /** Returns how many of those have completed. */
  long completedCount() {
    return count(Step::completed);
  }

  /** Returns the steps that have news and are not hidden, the one that changed first first. */
  List<Step> changed() {
    return changed.stream().filter(step -> !step.hidden()).toList();
  }

  /** Notes that the news of a step was shown. */
  void seen(Step step) {
    changed.remove(step);
  }

  private void updateVertexes(List<Vertex> vertexes, long now) {
    Set<StepGroup> touched = new LinkedHashSet<>();
    for (Vertex vertex : vertexes) {
      if (vertex.progressGroup().isPresent()) {
        touched.add(updateMember(vertex.progressGroup().get(), vertex));
      } else {
        updateVertex(vertex, now);
      }
    }
    for (StepGroup group : touched) {
      if (group.refresh()) {
        shown.add(group.step());
        change(group.step(), now);
      }
    }
  }

  private void updateVertex(Vertex vertex, long now) {
    Step step = byDigest.computeIfAbsent(vertex.digest(), digest -> new Step(vertex.name()));
    if (step.update(vertex)) {
      change(step, now);
    }
    if (step.started()) {
      shown.add(step);
    }
  }

  private StepGroup updateMember(ProgressGroup group, Vertex vertex) {
    StepGroup steps = groups.computeIfAbsent(group.id(), id -> new StepGroup(group.name()));
    steps.put(vertex);
    byDigest.put(vertex.digest(), steps.step());
    return steps;
  }

  private long count(Predicate<Step> condition) {
    return Stream.concat(byDigest.values().stream(), groups.values().stream().map(StepGroup::step))
        .filter(step -> !step.hidden() && condition.test(step))
        .count();
  }

  private void change(Step step, long now) {
    changed.add(step);
    step.news().add(now);
  }
}
