/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The vertexes of a progress group, shown as one step once a member that is not weak started. */
final class StepGroup {
  private final Map<String, Vertex> members = new LinkedHashMap<>();
  private final Step step;

  StepGroup(String name) {
    step = new Step(name);
    step.hidden(true);
  }

  Step step() {
    return step;
  }

  void put(Vertex member) {
    members.put(member.digest(), member);
  }

  /** Gives the step what the members have in common, and returns whether that is worth showing. */
  boolean refresh() {
    boolean wasHidden = step.hidden();
    boolean changed = false;
    boolean cached = true;
    Optional<String> error = step.error();
    for (Vertex member : members.values()) {
      if (member.started().isPresent()) {
        changed |= step.addRun(member);
        if (!weak(member)) {
          step.hidden(false);
        }
      }
      cached &= member.cached();
      if (error.isPresent()) {
        step.hidden(false);
      } else {
        error = member.error();
      }
    }
    changed |= cached != step.cached() || !error.equals(step.error());
    step.describe(step.name(), cached, error);
    return !step.hidden() && (changed || wasHidden);
  }

  private static boolean weak(Vertex member) {
    return member.progressGroup().map(ProgressGroup::weak).orElse(false);
  }
}
