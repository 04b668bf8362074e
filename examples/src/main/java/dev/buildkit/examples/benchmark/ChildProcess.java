/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import dev.buildkit.llb.Definition;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a process for each build, and counts from its start to its end.
 *
 * @param command what comes before the arguments that all clients share
 * @param log takes the output of the last build
 */
record ChildProcess(String name, List<String> command, Door door, Path log) implements Contender {
  private static final int PEAK_INTERVAL_MILLIS = 5;

  /** The program {@link SolveOnce} in a JVM with the options of this one. */
  static ChildProcess coldJvm(List<String> javaOptions, Door door, Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SolveOnce.class.getName());
    return new ChildProcess("java cold", List.copyOf(command), door, log);
  }

  static ChildProcess buildctl(String program, Door door, Path log) {
    return new ChildProcess("buildctl", List.of(program), door, log);
  }

  @Override
  public boolean needsWarmUp() {
    return false;
  }

  @Override
  public Usage run(Build build) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(door.arguments());
    arguments.addAll(List.of("build", "--progress", "plain"));
    arguments.addAll(build.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(arguments).redirectErrorStream(true).redirectOutput(log.toFile());
    byte[] input = build.definition().map(Definition::toByteArray).orElse(new byte[0]);

    double cpuBefore = Proc.childrenCpuSeconds();
    long start = System.nanoTime();
    Process process = builder.start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    }
    double peak = Double.NaN;
    do {
      double now = Proc.peakMebibytes(Long.toString(process.pid()));
      peak = Double.isNaN(now) ? peak : now;
    } while (!process.waitFor(PEAK_INTERVAL_MILLIS, TimeUnit.MILLISECONDS));
    double wall = (System.nanoTime() - start) / 1e9;

    if (process.exitValue() != 0) {
      throw new IOException(String.join(" ", arguments) + ": exit code " + process.exitValue()
          + "\n" + Files.readString(log));
    }
    return new Usage(wall, Proc.childrenCpuSeconds() - cpuBefore, peak);
  }
}
