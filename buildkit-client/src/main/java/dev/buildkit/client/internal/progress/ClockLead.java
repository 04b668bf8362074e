/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.progress;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** How far the clock of a daemon is ahead of the one of this machine. */
public final class ClockLead {
  /** The response header in which a daemon tells its time when a status stream begins. */
  public static final String HEADER = "buildkit-current-timestamp";

  private ClockLead() {}

  /**
   * Returns the lead; it is negative if the daemon's clock is behind, and zero if the header says
   * no time.
   *
   * @param header the value of {@link #HEADER}
   * @param now the time at which it arrived
   */
  public static Duration of(String header, Instant now) {
    try {
      return Duration.between(now, Instant.parse(header));
    } catch (DateTimeParseException e) {
      return Duration.ZERO;
    }
  }
}
