/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.file.MemoryFileTree;
import dev.buildkit.client.solve.SolveRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Requests that many tests make, and the same for {@code buildctl}. */
final class Builds {
  /** Starts the build of a Dockerfile that is given as text, with a directory as its context. */
  static SolveRequest.Builder dockerfile(String text, Path context) {
    return SolveRequest.frontend("dockerfile.v0")
        .localDir("context", context)
        .localDir("dockerfile", MemoryFileTree.empty().addFile("Dockerfile", text));
  }

  /** Lets {@code buildctl} do the same; its Dockerfile is written to another directory. */
  static Command.Output buildctl(String text, Path context, Path dockerfile, String... more)
      throws IOException {
    Files.writeString(dockerfile.resolve("Dockerfile"), text);
    Stream<String> words = Stream.of(
        "build",
        "--frontend",
        "dockerfile.v0",
        "--local",
        "context=" + context,
        "--local",
        "dockerfile=" + dockerfile);
    return Buildctl.ofSharedDaemon()
        .run(Stream.concat(words, Stream.of(more)).toArray(String[]::new));
  }

  /**
   * Returns whether a line of progress is about a base image. Another build that uses the image at the same time gives its
   * own name to the step, and decides whether the image is resolved or cached.
   */
  static boolean isOfBaseImage(String line) {
    return line.contains("] FROM docker.io/") || line.contains("resolve docker.io/");
  }

  private Builds() {}
}
