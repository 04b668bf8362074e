/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands for people who look into a daemon. */
@Command(name = "debug", description = "look into the daemon")
final class Debug implements Callable<Integer> {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  /** Without a command there is help. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return 0;
  }
}
