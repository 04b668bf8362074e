/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The measurements, and the table that they make. */
final class Results {
  /** All others are compared with this one. */
  private static final String REFERENCE = "buildctl";

  private final Map<String, Map<String, List<Usage>>> byStep = new LinkedHashMap<>();

  void add(String step, String contender, Usage usage) {
    byStep
        .computeIfAbsent(step, key -> new LinkedHashMap<>())
        .computeIfAbsent(contender, key -> new ArrayList<>())
        .add(usage);
  }

  void print(PrintStream out) {
    out.println("Wall time in seconds; ratio of medians to buildctl's; CPU seconds and peak MiB of"
        + " the client (medians)");
    out.println();
    out.printf(
        "%-22s %-10s %8s %8s %8s %7s %8s %7s%n",
        "build", "client", "median", "min", "max", "ratio", "CPU s", "MiB");
    byStep.forEach((step, contenders) -> contenders.forEach((contender, usages) -> {
      double reference = median(contenders.getOrDefault(REFERENCE, List.of()), Usage::wallSeconds);
      double median = median(usages, Usage::wallSeconds);
      out.printf(
          "%-22s %-10s %8.3f %8.3f %8.3f %7s %8.2f %7.0f%n",
          step,
          contender,
          median,
          usages.stream().mapToDouble(Usage::wallSeconds).min().orElse(Double.NaN),
          usages.stream().mapToDouble(Usage::wallSeconds).max().orElse(Double.NaN),
          // There is no buildctl for some doors.
          Double.isNaN(reference) ? "-" : String.format("%.2f", median / reference),
          median(usages, Usage::cpuSeconds),
          median(usages, Usage::peakMebibytes));
    }));
  }

  private static double median(List<Usage> usages, ToDoubleFunction<Usage> figure) {
    double[] sorted = usages.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
