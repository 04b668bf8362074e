/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.supplyAsync;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end, or to a time limit. */
final class Command {
  /** What a program said, and how it ended. */
  record Output(int exitCode, String out, String err) {
    /** Returns this output if the program succeeded, else fails with what it said. */
    Output orFail() {
      if (exitCode != 0) {
        throw new AssertionError("exit code " + exitCode + ": " + err + out);
      }
      return this;
    }
  }

  /** Runs a program without input for at most a minute. */
  static Output run(String... words) {
    return run(Duration.ofMinutes(1), new byte[0], List.of(words));
  }

  /** Runs a program; one that takes longer than the limit is killed, and the caller fails. */
  static Output run(Duration limit, byte[] in, List<String> words) {
    Process process = start(words);
    try {
      CompletableFuture<String> out =
          supplyAsync(() -> readAll(process.getInputStream()), OwnThread.EACH);
      CompletableFuture<String> err =
          supplyAsync(() -> readAll(process.getErrorStream()), OwnThread.EACH);
      writeAll(process.getOutputStream(), in);
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("not finished after " + limit + ": " + words);
      }
      return new Output(process.exitValue(), out.join(), err.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while it ran: " + words, e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(List<String> words) {
    try {
      return new ProcessBuilder(words).start();
    } catch (IOException e) {
      throw new UncheckedIOException("start " + words, e);
    }
  }

  private static String readAll(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeAll(OutputStream stream, byte[] bytes) {
    try (stream) {
      stream.write(bytes);
    } catch (IOException e) {
      // The program ended without reading all of its input; its exit code says the rest.
    }
  }

  private Command() {}
}
