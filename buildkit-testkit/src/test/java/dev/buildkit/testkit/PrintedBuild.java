/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.progress.ProgressPrinter;
import dev.buildkit.client.transport.Transport;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that builds a Dockerfile, for tests that look at what a process writes on a terminal. */
final class PrintedBuild {
  /** Takes the address of the daemon, the mode of progress, the context and the Dockerfile. */
  public static void main(String[] args) throws Exception {
    try (BuildKitClient client = Daemon.connect(Transport.parse(args[0]))) {
      client.solve(Builds.dockerfile(Files.readString(Path.of(args[3])), Path.of(args[2]))
          .frontendAttr("no-cache", "")
          .progress(ProgressPrinter.of(args[1], System.err))
          .build());
    } catch (SolveException e) {
      // Its steps were printed; what the exception says is of no interest here.
    }
  }

  private PrintedBuild() {}
}
