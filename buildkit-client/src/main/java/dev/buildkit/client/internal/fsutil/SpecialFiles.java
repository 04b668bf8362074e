/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes pipes and devices by the commands of the system, as the JDK has no call for them. */
final class SpecialFiles {
  static void createFifo(Path file) throws IOException {
    run("mkfifo", file.toString());
  }

  static void createDevice(Path file, char kind, long major, long minor) throws IOException {
    run(
        "mknod",
        file.toString(),
        String.valueOf(kind),
        String.valueOf(major),
        String.valueOf(minor));
  }

  private static void run(String command, String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(command);
    Collections.addAll(line, arguments);
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
      if (process.waitFor() != 0) {
        throw new IOException(output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + command + " ran");
    } finally {
      process.destroy();
    }
  }

  private SpecialFiles() {}
}
