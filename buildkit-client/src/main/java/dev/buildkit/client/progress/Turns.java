/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of the steps that run at once is shown.
 *
 * <p>A plain display shows one at a time. To keep output readable a step stays on for some seconds;
 * the share of its news in the news of all says for how long. A step that has been waiting for too
 * long gets its turn in any case.
 */
final class Turns {
  private static final double STAY_SECONDS = 5;
  private static final double PATIENCE_SECONDS = 10;

  private Turns() {}

  /**
   * Returns the step that takes over, if {@code current} does not go on.
   *
   * @param current the step that is shown, if any
   * @param ended whether {@code current} has just completed
   * @param running the steps that have news, {@code current} among them
   * @param now the time in nanoseconds
   */
  static Optional<Step> next(
      @Nullable Step current, boolean ended, Collection<Step> running, long now) {
    List<Claim> claims =
        running.stream().map(step -> Claim.of(step, current, now)).toList();
    double speed = claims.stream().mapToDouble(Claim::speed).sum();
    boolean free = current == null || ended;
    @Nullable Claim fastest = null;
    for (Claim claim : claims) {
      if (claim.overdue()) {
        return Optional.of(claim.step());
      }
      free |= claim.step() == current && claim.hadItsTime(speed);
      // The later one of two that are equally fast: its news is the latest.
      if (fastest == null || fastest.speed() <= claim.speed()) {
        fastest = claim;
      }
    }
    return free ? Optional.ofNullable(fastest).map(Claim::step) : Optional.empty();
  }

  /** How much a step wants to be shown; the speed is in news per second. */
  private record Claim(Step step, double waitedSeconds, double speed, boolean overdue) {
    static Claim of(Step step, @Nullable Step current, long now) {
      double waited = step.news().secondsWaited(now);
      boolean overdue = step != current && waited > PATIENCE_SECONDS;
      return new Claim(step, waited, step.news().perSecond(now), overdue);
    }

    boolean hadItsTime(double speedOfAll) {
      double shareOfOthers = 1 - speed / speedOfAll;
      return STAY_SECONDS / shareOfOthers < waitedSeconds;
    }
  }
}
