/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import java.io.IOException;

/** One way to run a build. */
interface Contender {
  String name();

  /** Whether the first builds take longer than later ones and say nothing about them. */
  boolean needsWarmUp();

  /** Runs the build and returns what it took; one that fails ends the benchmark. */
  Usage run(Build build) throws IOException, InterruptedException;
}
