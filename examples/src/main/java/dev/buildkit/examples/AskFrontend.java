/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.Subrequest;
import java.nio.file.Path;

/** Shows the targets of a Dockerfile, and what the build checks say about it, without building it. */
public final class AskFrontend {
  private AskFrontend() {}

  /**
   * Runs the example.
   *
   * @param args the directory of the Dockerfile
   */
  public static void main(String[] args) throws InterruptedException {
    Path context = Path.of(args[0]);
    SolveRequest build = SolveRequest.frontend("dockerfile.v0")
        .localDir("context", context)
        .localDir("dockerfile", context)
        .build();
    try (BuildKitClient client = BuildKitClient.connect()) {
      System.out.println(client.subrequest(Subrequest.TARGETS, build).text().orElseThrow());
      System.out.println(client.subrequest(Subrequest.LINT, build).json().orElseThrow());
    }
  }
}
