/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.client.progress.ProgressListener;
import dev.buildkit.client.progress.SolveStatus;
import dev.buildkit.client.progress.Vertex;
import dev.buildkit.examples.buildctl.gotext.GoJson;
import dev.buildkit.examples.buildctl.gotext.GoStruct;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Counts how many steps of a build came from the cache. */
final class CacheMetrics implements ProgressListener {
  private static final Pattern FROM = Pattern.compile("^\\[.*\\] FROM");
  private static final List<String> NOT_OF_THE_USER =
      List.of("[internal]", "[auth]", "importing cache", "exporting ");

  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final long start = System.nanoTime();

  @Override
  public void update(SolveStatus status) {
    for (Vertex vertex : status.vertexes()) {
      steps.merge(vertex.digest(), Step.of(vertex), Step::with);
    }
  }

  /** Returns the names of the steps that had to run, and the figures as JSON in the last line. */
  String report() {
    StringBuilder report = new StringBuilder();
    user(Step::missed)
        .forEach(step -> report.append("cache miss: ").append(step.name).append('\n'));
    return report.append(GoJson.escaped(figures())).append('\n').toString();
  }

  private GoStruct figures() {
    long userTotal = user(step -> true).count();
    long from = user(Step::from).count();
    return GoStruct.of("metrics")
        .add("Total", "total", steps.size())
        .add(
            "Completed",
            "completed",
            steps.values().stream().filter(Step::completed).count())
        .add("UserTotal", "user_total", userTotal)
        .add("UserCached", "user_cached", user(Step::cached).count())
        .add("UserCompleted", "user_completed", user(Step::completed).count())
        .add("UserCacheable", "user_cacheable", userTotal - from)
        .add("From", "from", from)
        .add("Miss", "miss", user(Step::missed).count())
        .add(
            "ClientDurationMS",
            "client_duration_ms",
            Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  private Stream<Step> user(Predicate<Step> kind) {
    return steps.values().stream().filter(Step::ofTheUser).filter(kind);
  }

  private record Step(String name, boolean from, boolean cached, boolean completed) {
    static Step of(Vertex vertex) {
      return new Step(
          vertex.name(),
          FROM.matcher(vertex.name()).find(),
          vertex.cached(),
          vertex.completed().isPresent());
    }

    Step with(Step later) {
      return new Step(
          name, from || later.from, cached || later.cached, completed || later.completed);
    }

    boolean missed() {
      return !cached && !from;
    }

    boolean ofTheUser() {
      return NOT_OF_THE_USER.stream().noneMatch(name::startsWith);
    }
  }
}
