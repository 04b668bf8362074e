/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

/**
 * Decides when a display is drawn: with a report, but not too often, and some time after the last
 * report, so that nothing stays unseen.
 *
 * <p>Times are in nanoseconds of one arbitrary clock. Not thread-safe.
 */
final class DisplaySchedule {
  private final Display display;
  private final Pace pace;
  private final Page page = new Page();
  private boolean drawn;
  private long lastDrawn;
  private long nextTick;

  DisplaySchedule(Display display, Pace pace) {
    this.display = display;
    this.pace = pace;
  }

  /** Takes in a report, and returns what is to be written now. */
  byte[] update(SolveStatus status, long now) {
    display.update(status, now);
    nextTick = now + pace.tickNanos();
    if (!drawn || now - lastDrawn >= pace.minPauseNanos()) {
      drawn = true;
      lastDrawn = now;
      display.draw(page, now);
    }
    return page.take();
  }

  /** Returns whether {@link #tick} is to be called, unless another report comes before. */
  boolean ticking() {
    return display.unfinished();
  }

  /** Returns when {@link #tick} is to be called. */
  long nextTick() {
    return nextTick;
  }

  /** Draws since no report came for a while, and returns what is to be written. */
  byte[] tick(long now) {
    nextTick = now + pace.tickNanos();
    display.draw(page, now);
    return page.take();
  }

  /** Ends the display, and returns what is to be written. */
  byte[] finish(long now) {
    display.finish(page, now);
    return page.take();
  }
}
