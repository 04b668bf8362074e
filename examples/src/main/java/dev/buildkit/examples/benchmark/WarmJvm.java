/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** Solves in this JVM. Its processor time includes that of the compiler and the collector. */
record WarmJvm(Door door) implements Contender {
  @Override
  public String name() {
    return "java";
  }

  @Override
  public boolean needsWarmUp() {
    return true;
  }

  @Override
  public Usage run(Build build) throws IOException, InterruptedException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Proc.resetPeak();
    double cpuBefore = cpuSeconds();
    long start = System.nanoTime();
    SolveOnce.solve(door, build, nowhere);
    double wall = (System.nanoTime() - start) / 1e9;
    return new Usage(wall, cpuSeconds() - cpuBefore, Proc.peakMebibytes("self"));
  }

  private static double cpuSeconds() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getProcessCpuTime() / 1e9;
  }
}
