/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Digest;
import dev.buildkit.llb.Platform;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the program of {@code .ci/tools/marshal}, whose path is the argument, and {@link MarshalBenchmark} on the same graphs, and
 * prints both as a table. Fails if the two do not make the same operations.
 */
public final class Comparison {
  /** A line of Go's program. */
  private record Line(
      String shape, int operations, String fingerprint, double millis, double bytes) {
    static Line parse(String text) {
      String[] words = text.split(" ", -1);
      return new Line(
          words[0],
          Integer.parseInt(words[1]),
          words[2],
          Double.parseDouble(words[3]),
          Double.parseDouble(words[4]));
    }
  }

  private Comparison() {}

  /** Prints the table. */
  public static void main(String[] args) throws IOException, InterruptedException, RunnerException {
    System.out.println("| graph | operations | Go ms | Java ms | ratio | Go MB | Java MB |");
    System.out.println("|---|---|---|---|---|---|---|");
    Process go = new ProcessBuilder(args[0])
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(go.getInputStream(), UTF_8))) {
      for (String text : lines.lines().toList()) {
        Line line = Line.parse(text);
        requireSame(line);
        print(line, measure(line));
      }
    }
    if (go.waitFor() != 0) {
      throw new IOException(args[0] + " failed, see above");
    }
  }

  private static void requireSame(Line go) throws IOException {
    Definition definition = Shape.valueOf(go.shape.toUpperCase(Locale.ROOT))
        .graph(go.operations)
        .marshal(Constraints.none().platform(Platform.LINUX_AMD64));
    StringBuilder digests = new StringBuilder();
    definition
        .toProto()
        .getDefList()
        .forEach(op -> digests.append(Digest.sha256(op.toByteArray())).append('\n'));
    String fingerprint = Digest.sha256(digests.toString().getBytes(UTF_8)).hex().substring(0, 16);
    if (!fingerprint.equals(go.fingerprint)) {
      throw new IOException(go + ": Java makes other operations: " + fingerprint);
    }
  }

  private static RunResult measure(Line line) throws RunnerException {
    Collection<RunResult> results = new Runner(new OptionsBuilder()
            .include(MarshalBenchmark.class.getName() + ".marshal")
            .param("shape", line.shape)
            .param("operations", Integer.toString(line.operations))
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .build())
        .run();
    return results.iterator().next();
  }

  private static void print(Line go, RunResult java) {
    double millis = java.getPrimaryResult().getScore();
    double bytes = java.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.1f | %.1f | %.2f | %.1f | %.1f |%n",
        go.shape,
        go.operations,
        go.millis,
        millis,
        millis / go.millis,
        go.bytes / 1e6,
        bytes / 1e6);
  }
}
