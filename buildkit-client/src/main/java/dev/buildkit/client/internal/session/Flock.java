/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A lock of {@code flock(2)} on a file, which is what Go's client takes. The locks of the JDK are those of {@code fcntl(2)}, which do
 * not meet it on Linux. So a child process takes the lock by the program {@code flock} (util-linux, BusyBox) and holds it until it is
 * closed, or this process is gone.
 */
final class Flock implements AutoCloseable {
  /** The option of the program. */
  enum Mode {
    SHARED("-s"),
    EXCLUSIVE("-x");

    private final String option;

    Mode(String option) {
      this.option = option;
    }
  }

  private static final String PROGRAM = "flock";
  private static final String LOCKED = "locked";
  private static final int BUSY = 1;
  private static final int END_SECONDS = 5;

  /**
   * Ends with 1 when the lock is busy, or is one of a file that was replaced meanwhile. Holds the lock as long as standard input is
   * open, also when a terminal sends an interrupt to all processes of the program.
   */
  private static final String SCRIPT = """
      trap '' INT
      [ -e "$2" ] || : >>"$2" || exit 2
      exec 9<"$2" || exit 2
      "$1" -n "$3" 9 || exit
      [ ! -e /dev/fd/9 ] || [ "$2" -ef /dev/fd/9 ] || exit 1
      echo %s
      exec cat >/dev/null
      """.formatted(LOCKED);

  private final Process holder;

  private Flock(Process holder) {
    this.holder = holder;
  }

  /**
   * Tries to take the lock, without waiting for others who hold it.
   *
   * @param file made if it does not exist
   * @return empty if the lock is busy
   * @throws NoFlockException if there is no way to take such a lock; the message says why
   */
  static Optional<Flock> attempt(Path file, Mode mode) throws IOException {
    return attempt(PROGRAM, file, mode);
  }

  static Optional<Flock> attempt(String program, Path file, Mode mode) throws IOException {
    Process process = start("sh", "-c", SCRIPT, "sh", program, file.toString(), mode.option);
    boolean held = false;
    try {
      BufferedReader said =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      String first = said.readLine();
      held = LOCKED.equals(first);
      if (held) {
        return Optional.of(new Flock(process));
      }
      String words = first == null ? "" : first + said.lines().collect(Collectors.joining("; "));
      if (words.isEmpty() && process.waitFor() == BUSY) {
        return Optional.empty();
      }
      throw new NoFlockException(words.isEmpty() ? "exit code " + process.waitFor() : words, null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      if (!held) {
        process.destroyForcibly();
      }
    }
  }

  private static Process start(String... command) throws NoFlockException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new NoFlockException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Gives the lock up, and returns when others can have it. */
  @Override
  public void close() {
    holder.destroyForcibly();
    try {
      var unused = holder.waitFor(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
