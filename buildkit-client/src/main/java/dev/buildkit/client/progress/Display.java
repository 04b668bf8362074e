/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

/**
 * What the progress of one solve looks like; a {@link ProgressPrinter} drives it.
 *
 * <p>A display neither keeps time nor writes: it is told the time, in nanoseconds, and draws on a
 * {@link Page}. Not thread-safe.
 */
interface Display {

  /** Takes in a report, without drawing it. */
  void update(SolveStatus status, long now);

  /** Draws what there is to draw by now. */
  void draw(Page page, long now);

  /** Returns whether drawing again may have an effect even if nothing else is reported. */
  boolean unfinished();

  /** Draws the rest, and what belongs to the end of a solve. */
  void finish(Page page, long now);
}
