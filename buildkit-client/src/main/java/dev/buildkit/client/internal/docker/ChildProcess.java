/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end, within limits of time and output. */
final class ChildProcess {
  /** How long output may wait in the pipe before it is read. */
  private static final long TURN_MILLIS = 20;

  /** What a program left. */
  record Result(int exitCode, String out) {}

  private final Process process;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final int maxBytes;

  private ChildProcess(Process process, int maxBytes) {
    this.process = process;
    this.maxBytes = maxBytes;
  }

  /**
   * Runs a program; it, and what it started, is killed when it exceeds a limit.
   *
   * @throws IOException if it cannot be started or exceeds a limit; the message is fit for users
   */
  static Result run(
      List<String> command,
      Map<String, String> environment,
      byte[] in,
      int maxBytes,
      Duration limit)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      ChildProcess child = new ChildProcess(process, maxBytes);
      child.write(in);
      return child.await(limit);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private void write(byte[] in) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(in);
    } catch (IOException e) {
      // It ended without reading all of its input; its exit code says the rest.
    }
  }

  /**
   * Reads only what is there, turn by turn: a read that blocks could not be ended in time, and would
   * last as long as a grandchild holds the pipe.
   */
  private Result await(Duration limit) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!process.waitFor(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
      drain();
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("it did not end within " + limit.toSeconds() + " seconds");
      }
    }
    drain();
    return new Result(process.exitValue(), out.toString(UTF_8));
  }

  private void drain() throws IOException {
    InputStream stdout = process.getInputStream();
    for (int there = stdout.available(); there > 0; there = stdout.available()) {
      out.write(stdout.readNBytes(there));
      if (out.size() > maxBytes) {
        throw new IOException("it said more than " + maxBytes + " bytes");
      }
    }
  }
}
