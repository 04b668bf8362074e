/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock of {@code flock(2)} on a file, as Go's client takes it. The locks of the JDK are those of {@code fcntl(2)}, which do not
 * conflict with it on Linux. So a child process takes the lock with the program {@code flock} (util-linux, BusyBox) and holds it
 * until it is closed, or this process ends.
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

  private static final Logger LOG = LoggerFactory.getLogger(Flock.class);

  private static final String PROGRAM = "flock";

  /** The time within which an attempt ends, also on a file system that hangs. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final long POLL_MILLIS = 1;
  private static final int END_SECONDS = 5;
  private static final int MAX_REASON_BYTES = 4096;

  private static final String LOCKED = "locked\n";
  private static final int BUSY = 75;
  private static final int NO_PROGRAM = 127;

  /**
   * Ends with {@link #BUSY} when the lock is busy, or is one of a file that was replaced meanwhile. The program itself ends with 1
   * when the lock is busy. BusyBox also does so after an error, but then prints the reason. Holds the lock as long as standard input
   * is open, also when a terminal sends an interrupt to all processes of the program.
   */
  private static final String SCRIPT = """
      command -v "$1" >/dev/null || exit %1$d
      trap '' INT
      [ -e "$2" ] || : >>"$2" || exit 2
      exec 9<"$2" || exit 2
      output=$("$1" -n "$3" 9 2>&1)
      code=$?
      case "$code $output" in
        '0 '*) ;;
        '1 '*'flock: '*) printf '%%s\\n' "$output" >&2; exit 2 ;;
        '1 '*) exit %2$d ;;
        '%1$d '*) exit %1$d ;;
        *) printf '%%s\\n' "${output:-flock: exit code $code}" >&2; exit 2 ;;
      esac
      [ ! -e /dev/fd/9 ] || [ "$2" -ef /dev/fd/9 ] || exit %2$d
      echo %3$s
      exec cat >/dev/null 2>&1
      """.formatted(NO_PROGRAM, BUSY, LOCKED.strip());

  private final Optional<Process> holder;

  private Flock(Optional<Process> holder) {
    this.holder = holder;
  }

  /**
   * Tries to take the lock, without waiting for others who hold it. If there is no {@code flock}, or it fails, this is logged, and
   * the returned lock excludes nobody.
   *
   * @param file created if it does not exist
   * @return empty if the lock is busy
   * @throws InterruptedIOException if the thread is interrupted
   */
  static Optional<Flock> attemptIfPossible(Path file, Mode mode) throws InterruptedIOException {
    try {
      return attempt(file, mode);
    } catch (NoFlockException e) {
      LOG.debug("{} is not locked: {}", file, e.getMessage());
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      LOG.warn(
          "cannot lock {}: {}; other clients may change the directory at the same time",
          file,
          e.getMessage());
    }
    return Optional.of(new Flock(Optional.empty()));
  }

  /**
   * Tries to take the lock, without waiting for others who hold it. Returns or throws within about 10 seconds.
   *
   * @param file created if it does not exist
   * @return empty if the lock is busy
   * @throws NoFlockException if the program is not installed
   * @throws InterruptedIOException if the thread is interrupted
   * @throws IOException if the lock cannot be taken for another reason, which the message gives
   */
  static Optional<Flock> attempt(Path file, Mode mode) throws IOException {
    return attempt(PROGRAM, file, mode, LIMIT);
  }

  static Optional<Flock> attempt(String program, Path file, Mode mode, Duration limit)
      throws IOException {
    Process process = start("sh", "-c", SCRIPT, "sh", program, file.toString(), mode.option);
    boolean held = false;
    try {
      held = answers(process, limit);
      return held ? Optional.of(new Flock(Optional.of(process))) : busy(program, process);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      if (!held && process.isAlive()) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  private static Process start(String... command) throws NoFlockException {
    try {
      return new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new NoFlockException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns whether the process has the lock; otherwise it has ended. Never blocks in a read, which nothing could end. */
  private static boolean answers(Process process, Duration limit)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (process.getInputStream().available() < LOCKED.length()) {
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        return false;
      }
      if (System.nanoTime() - begin > limit.toNanos()) {
        throw new IOException("no answer within " + limit.toSeconds() + " seconds");
      }
    }
    String answer = new String(process.getInputStream().readNBytes(LOCKED.length()), UTF_8);
    if (!answer.equals(LOCKED)) {
      throw new IOException("unexpected answer '" + answer + "'");
    }
    return true;
  }

  private static Optional<Flock> busy(String program, Process process) throws IOException {
    int code = process.exitValue();
    if (code == BUSY) {
      return Optional.empty();
    }
    if (code == NO_PROGRAM) {
      throw new NoFlockException("there is no program " + program, null);
    }
    InputStream errors = process.getErrorStream();
    byte[] reason = errors.readNBytes(Math.min(errors.available(), MAX_REASON_BYTES));
    String text = new String(reason, UTF_8).strip().replaceAll("\\R", "; ");
    throw new IOException(text.isEmpty() ? "exit code " + code : text);
  }

  /** Returns whether this excludes others. */
  boolean isHeld() {
    return holder.isPresent();
  }

  /** Releases the lock, and returns when others can take it. */
  @Override
  public void close() {
    holder.ifPresent(Flock::end);
  }

  private static void end(Process process) {
    process.destroyForcibly();
    try {
      var unused = process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
