/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import java.io.IOException;
import java.util.List;

/** Builds that are measured one after the other, in turns: each turn is one contender's. */
interface Scenario {
  /** What {@code --only} calls it. */
  String name();

  /** Makes the data and fills the daemon's cache, before the first turn. */
  void prepare() throws IOException, InterruptedException;

  /**
   * Returns the builds of one turn.
   *
   * @param turn a number that no other turn has, for names that must be new
   */
  List<Step> steps(int turn);

  /** Removes what a turn left. */
  void clean() throws IOException, InterruptedException;
}
