/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.client.progress.ProgressListener;
import dev.buildkit.client.progress.SolveStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends all progress to a file, a line of JSON for each report. */
final class TraceFile implements ProgressListener, AutoCloseable {
  private final Writer file;

  private TraceFile(Writer file) {
    this.file = file;
  }

  static TraceFile open(Path path) throws IOException {
    return new TraceFile(
        Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  @Override
  public void update(SolveStatus status) {
    try {
      file.write(StatusFields.json(status) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("write the trace file: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
