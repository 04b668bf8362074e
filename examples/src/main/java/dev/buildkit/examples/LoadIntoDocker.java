/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.DockerImageStore;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.progress.ProgressPrinter;
import dev.buildkit.client.solve.SolveRequest;
import java.nio.file.Path;

/** Builds the Dockerfile of a directory on any BuildKit, and loads the image into the Docker Engine of this machine. */
final class LoadIntoDocker {
  public static void main(String[] args) throws InterruptedException {
    Path directory = Path.of(args[0]);
    String name = args[1];

    try (BuildKitClient client = BuildKitClient.connect()) {
      client.solve(SolveRequest.frontend("dockerfile.v0")
          .localDir("context", directory)
          .localDir("dockerfile", directory)
          .export(Exporter.docker(DockerImageStore.here()).addName(name))
          .progress(ProgressPrinter.plain(System.err))
          .build());
    }
    System.out.println("docker run --rm " + name);
  }

  private LoadIntoDocker() {}
}
