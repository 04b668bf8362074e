/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.progress.ProgressPrinter;
import dev.buildkit.llb.Definition;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/**
 * Connects, solves once and closes. As a program it takes what the benchmark gives to {@code
 * buildctl}: {@code --addr ADDRESS build --progress plain …}, and a graph on standard input.
 */
final class SolveOnce {
  /** {@code build --progress plain}. */
  private static final int OWN_WORDS = 3;

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> all = List.of(args);
    int build = all.indexOf("build");
    List<String> arguments = all.subList(build + OWN_WORDS, all.size());
    boolean hasDefinition = !arguments.contains("--frontend");
    Optional<Definition> definition =
        hasDefinition ? Optional.of(Definition.parse(System.in.readAllBytes())) : Optional.empty();
    solve(Door.parse(all.subList(0, build)), Build.parse(arguments, definition), System.err);
  }

  static void solve(Door door, Build build, PrintStream progress) throws InterruptedException {
    try (BuildKitClient client = door.connect()) {
      client.solve(build.request().progress(ProgressPrinter.plain(progress)).build());
    }
  }

  private SolveOnce() {}
}
