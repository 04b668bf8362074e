/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Receives what a solve reports while it runs.
 *
 * <p>The client calls a listener on threads of its own, one call at a time and in the order in
 * which the daemon reported; what one call wrote, the next one sees. A listener that serves several
 * solves at once hears of each on another thread.
 *
 * <p>A slow listener holds up the reports behind it, but not the build, which the daemon carries on
 * with. An exception of a listener is logged once and stops neither the solve nor later calls.
 *
 * <pre>{@code
 * ProgressListener listener = status -> status.logs().forEach(log -> view.append(log.message()));
 * }</pre>
 */
@FunctionalInterface
public interface ProgressListener {

  /** Returns a listener that ignores everything. */
  static ProgressListener none() {
    return status -> {};
  }

  /**
   * Returns a listener that passes every call on to each of the given ones, in their order.
   *
   * <p>All of them are called even if one throws; the first exception is then thrown again, with
   * the others as suppressed ones.
   */
  static ProgressListener all(ProgressListener... listeners) {
    return new ProgressListeners(List.of(requireNonNull(listeners, "listeners")));
  }

  /** Takes the next report. */
  void update(SolveStatus status);

  /**
   * Takes note that the solve is over, whether it succeeded, failed or was cancelled.
   *
   * <p>This is the last call of a solve. The solve returns, or fails, only after it. The default
   * does nothing.
   */
  default void completed() {}
}
