/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes the daemon forget its copies of local directories, so that they do not fill its disk. */
record Prune(String buildctl, String address, Path log) {
  void run() throws IOException, InterruptedException {
    List<String> command =
        List.of(buildctl, "--addr", address, "prune", "--filter", "type==source.local");
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
    }
  }
}
