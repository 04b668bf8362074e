/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.progress.ProgressPrinter;
import dev.buildkit.llb.Definition;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Connects, solves once and closes. As a program it takes what the benchmark gives to {@code
 * buildctl}: {@code --addr ADDRESS build --progress plain …}, and a graph on standard input.
 */
final class SolveOnce {
  private static final int OWN_ARGUMENTS = 5;

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> arguments = Arrays.asList(args).subList(OWN_ARGUMENTS, args.length);
    boolean hasDefinition = !arguments.contains("--frontend");
    Optional<Definition> definition =
        hasDefinition ? Optional.of(Definition.parse(System.in.readAllBytes())) : Optional.empty();
    solve(args[1], Build.parse(arguments, definition), System.err);
  }

  static void solve(String address, Build build, PrintStream progress) throws InterruptedException {
    try (BuildKitClient client = BuildKitClient.connect(address)) {
      client.solve(build.request().progress(ProgressPrinter.plain(progress)).build());
    }
  }

  private SolveOnce() {}
}
