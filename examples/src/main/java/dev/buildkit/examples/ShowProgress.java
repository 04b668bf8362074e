/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.progress.ProgressPrinter;
import dev.buildkit.client.solve.SolveRequest;
import java.nio.file.Path;

/** Builds the Dockerfile of a directory, and shows the progress in the form that the user names. */
final class ShowProgress {
  public static void main(String[] args) throws InterruptedException {
    String mode = args[0];
    Path directory = Path.of(args[1]);

    try (BuildKitClient client = BuildKitClient.connect()) {
      client.solve(SolveRequest.frontend("dockerfile.v0")
          .frontendAttr("no-cache", "")
          .localDir("context", directory)
          .localDir("dockerfile", directory)
          .progress(ProgressPrinter.of(mode, System.err))
          .build());
    } catch (SolveException e) {
      System.err.println(e.getMessage());
    }
  }

  private ShowProgress() {}
}
