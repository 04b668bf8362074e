/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.Map;
import java.util.Optional;

/** The two streams that a process writes to, either of which may be a terminal. */
enum StandardStream {
  OUTPUT("1"),
  ERROR("2");

  private final String number;

  StandardStream(String number) {
    this.number = number;
  }

  /** Returns whether the stream is a standard one that can be drawn on. */
  static boolean isTerminal(OutputStream out, Map<String, String> environment) {
    String kind = environment.getOrDefault("TERM", "");
    return !kind.isEmpty()
        && !kind.equals("dumb")
        && of(out).map(StandardStream::isTerminal).orElse(false);
  }

  private static Optional<StandardStream> of(OutputStream out) {
    if (out == System.out) {
      return Optional.of(OUTPUT);
    }
    if (out == System.err) {
      return Optional.of(ERROR);
    }
    return out instanceof FileOutputStream file ? of(file) : Optional.empty();
  }

  private static Optional<StandardStream> of(FileOutputStream file) {
    try {
      FileDescriptor descriptor = file.getFD();
      if (descriptor == FileDescriptor.out) {
        return Optional.of(OUTPUT);
      }
      return descriptor == FileDescriptor.err ? Optional.of(ERROR) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Asks a child that inherits the stream. The JDK's console does not tell: it is there only if
   * input and output are both terminals, or from JDK 22 on always, and says nothing of errors.
   */
  private boolean isTerminal() {
    ProcessBuilder test = new ProcessBuilder("test", "-t", number)
        .redirectOutput(this == OUTPUT ? Redirect.INHERIT : Redirect.DISCARD)
        .redirectError(this == ERROR ? Redirect.INHERIT : Redirect.DISCARD);
    try {
      Process process = test.start();
      try {
        return process.waitFor(1, SECONDS) && process.exitValue() == 0;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
