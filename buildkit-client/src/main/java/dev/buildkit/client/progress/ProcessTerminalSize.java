/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The size of the controlling terminal; asking for it starts a process, so this is done rarely. */
final class ProcessTerminalSize implements Supplier<TerminalSize> {
  private static final TerminalSize FALLBACK = new TerminalSize(80, 10);
  private static final long MAX_AGE = SECONDS.toNanos(1);
  private static final Pattern ROWS_AND_COLUMNS =
      Pattern.compile("([1-9]\\d{0,4}) ([1-9]\\d{0,4})");
  private static final Pattern POSITIVE = Pattern.compile("[1-9]\\d{0,4}");

  private final int fixedColumns;
  private final int fixedRows;
  private final ReentrantLock lock = new ReentrantLock();
  private TerminalSize last = FALLBACK;
  private boolean asked;
  private long askedAt;

  ProcessTerminalSize(Map<String, String> environment) {
    fixedColumns = positive(environment.get("COLUMNS"));
    fixedRows = positive(environment.get("LINES"));
  }

  @Override
  public TerminalSize get() {
    lock.lock();
    try {
      boolean known = fixedColumns > 0 && fixedRows > 0;
      if (!known && (!asked || System.nanoTime() - askedAt >= MAX_AGE)) {
        last = askTerminal().orElse(last);
        asked = true;
        askedAt = System.nanoTime();
      }
      return new TerminalSize(
          fixedColumns > 0 ? fixedColumns : last.columns(),
          fixedRows > 0 ? fixedRows : last.rows());
    } finally {
      lock.unlock();
    }
  }

  private static Optional<TerminalSize> askTerminal() {
    try {
      Process stty = new ProcessBuilder("stty", "size")
          .redirectInput(new File("/dev/tty"))
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      try {
        // It writes one short line, which waits in the pipe until it is read.
        return stty.waitFor(1, SECONDS) ? parse(stty) : Optional.empty();
      } finally {
        stty.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<TerminalSize> parse(Process stty) throws IOException {
    String text = new String(stty.getInputStream().readAllBytes(), US_ASCII);
    Matcher numbers = ROWS_AND_COLUMNS.matcher(text.strip());
    return numbers.matches()
        ? Optional.of(new TerminalSize(positive(numbers.group(2)), positive(numbers.group(1))))
        : Optional.empty();
  }

  /** Returns 0 for what is no positive number of a sensible length. */
  private static int positive(@Nullable String text) {
    return text != null && POSITIVE.matcher(text).matches() ? Integer.parseInt(text) : 0;
  }
}
