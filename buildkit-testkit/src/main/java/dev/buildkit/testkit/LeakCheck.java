/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * Compares what the process holds now with what it held at the start of a test or class. Things are
 * told apart by identity: a thread, a numbered open file, a path.
 */
final class LeakCheck implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Duration patience;
  private final @Nullable LeakCheck outer;
  private final Set<Object> known;

  private LeakCheck(Duration patience, @Nullable LeakCheck outer) {
    this.patience = patience;
    this.outer = outer;
    this.known = new HashSet<>(everything().keySet());
  }

  /** Begins a check; what it reports is not reported once more by the check around it. */
  static LeakCheck start(Duration patience, @Nullable LeakCheck outer) {
    return new LeakCheck(patience, outer);
  }

  /** Fails if there are temporary files that were not there at the start. */
  void checkFiles() {
    check(TemporaryFiles::now);
  }

  /** Takes what is there now for what was there at the start. */
  void acceptWhatIsThere() {
    forgive(everything().keySet());
  }

  /** Fails if there is anything that was not there at the start. */
  @Override
  public void close() {
    check(LeakCheck::everything);
  }

  private void check(Supplier<Map<Object, String>> present) {
    Map<Object, String> left = awaitNothing(present);
    if (left.isEmpty()) {
      return;
    }
    forgive(left.keySet());
    throw new AssertionFailedError("left behind, and not gone after " + patience.toMillis()
        + " ms:\n  " + String.join("\n  ", left.values()));
  }

  private Map<Object, String> awaitNothing(Supplier<Map<Object, String>> present) {
    // A pause ends at once in an interrupted thread, and a test may leave its thread interrupted.
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + patience.toNanos();
    Map<Object, String> left = unknown(present.get());
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE.toNanos());
      left = unknown(present.get());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return left;
  }

  private Map<Object, String> unknown(Map<Object, String> present) {
    present.keySet().removeAll(known);
    return present;
  }

  private void forgive(Set<Object> leaked) {
    known.addAll(leaked);
    if (outer != null) {
      outer.forgive(leaked);
    }
  }

  private static Map<Object, String> everything() {
    Map<Object, String> present = new LinkedHashMap<>(LiveThreads.now());
    present.putAll(OpenFiles.now());
    present.putAll(TemporaryFiles.now());
    return present;
  }
}
