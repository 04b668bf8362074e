/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells about processes; elsewhere nothing is told. */
final class Proc {
  private static final Path FOLDER = Path.of("/proc");
  private static final double TICKS_PER_SECOND = 100;
  private static final int CHILDREN_USER_TIME = 13;
  private static final int CHILDREN_SYSTEM_TIME = 14;

  /** Returns the most memory that a process had resident, or not a number. */
  static double peakMebibytes(String pid) {
    try {
      for (String line : Files.readAllLines(FOLDER.resolve(pid).resolve("status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        }
      }
    } catch (IOException e) {
      // Not Linux, or the process is gone.
    }
    return Double.NaN;
  }

  /** Lets the peak of this process begin anew. */
  static void resetPeak() throws IOException {
    Path file = FOLDER.resolve("self/clear_refs");
    if (Files.isWritable(file)) {
      Files.writeString(file, "5");
    }
  }

  /** Returns the processor time of all child processes that have ended, or not a number. */
  static double childrenCpuSeconds() throws IOException {
    Path file = FOLDER.resolve("self/stat");
    if (!Files.exists(file)) {
      return Double.NaN;
    }
    String stat = Files.readString(file);
    // The second field, the program's name in parentheses, may hold spaces.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[CHILDREN_USER_TIME])
            + Long.parseLong(fields[CHILDREN_SYSTEM_TIME]))
        / TICKS_PER_SECOND;
  }

  private Proc() {}
}
