/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.file.MemoryFileTree;
import dev.buildkit.client.progress.ProgressPrinter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import java.nio.file.Path;

/** Builds an image from a Dockerfile that exists only in memory. */
final class BuildDockerfile {
  public static void main(String[] args) throws InterruptedException {
    MemoryFileTree dockerfile = MemoryFileTree.empty().addFile("Dockerfile", """
        FROM busybox
        ARG GREETING
        RUN echo "$GREETING" > /greeting
        CMD ["cat", "/greeting"]
        """);

    try (BuildKitClient client = BuildKitClient.connect()) {
      SolveResult result = client.solve(SolveRequest.frontend("dockerfile.v0")
          .frontendAttr("build-arg:GREETING", "hello")
          .localDir("context", MemoryFileTree.empty())
          .localDir("dockerfile", dockerfile)
          .export(Exporter.docker(Path.of(args[0])).addName("greeting:latest"))
          .progress(ProgressPrinter.plain(System.err))
          .build());
      System.out.println(result.imageDigest().orElseThrow());
    }
  }

  private BuildDockerfile() {}
}
