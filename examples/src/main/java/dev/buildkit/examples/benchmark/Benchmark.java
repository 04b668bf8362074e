/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * Runs the same builds with this SDK and with {@code buildctl}, in turn, and prints a table.
 *
 * <p>Three contenders: {@code buildctl}, a process for each build; {@code java}, a build in this
 * warmed-up JVM; {@code java cold}, a new JVM for each build. Each connects, solves and closes.
 *
 * <p>The daemon loses its copies of local directories between two turns: give it one of its own.
 */
final class Benchmark {
  private final Options options;
  private final List<Contender> contenders;
  private final Results results = new Results();
  private final PrintStream log = System.err;
  private int turns;

  private Benchmark(Options options) {
    this.options = options;
    this.contenders = options.contenders();
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("benchmark: " + e.getMessage() + "\n\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    new Benchmark(options).run();
  }

  private void run() throws IOException, InterruptedException {
    for (Scenario scenario : options.scenarios()) {
      log.println(scenario.name() + ": preparing");
      scenario.prepare();
      warmUp(scenario);
      for (int round = 1; round <= options.rounds(); round++) {
        for (Contender contender : contenders) {
          log.print(
              scenario.name() + " " + round + "/" + options.rounds() + " " + contender.name());
          turn(scenario, contender, true);
          log.println();
        }
      }
    }
    results.print(System.out);
  }

  private void warmUp(Scenario scenario) throws IOException, InterruptedException {
    for (Contender contender : contenders) {
      for (int i = 0; contender.needsWarmUp() && i < options.warmUps(); i++) {
        turn(scenario, contender, false);
      }
    }
  }

  private void turn(Scenario scenario, Contender contender, boolean recorded)
      throws IOException, InterruptedException {
    for (Step step : scenario.steps(++turns)) {
      Usage usage = contender.run(step.build());
      if (recorded) {
        results.add(step.name(), contender.name(), usage);
        log.printf("  %.3f s", usage.wallSeconds());
      }
    }
    scenario.clean();
  }
}
