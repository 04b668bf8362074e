/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock that Go's client takes before it changes an index, so that neither loses what the other one adds. It is a file beside the
 * index, which is deleted with the lock.
 */
record GoIndexLock(Flock held, Path file) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GoIndexLock.class);

  private static final long RETRY_MILLIS = 20;

  /** Far longer than anybody needs to write an index. Go's client does not wait at all, and fails. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /**
   * Takes the lock; if that is impossible, this is logged, and the returned lock excludes nobody.
   *
   * @throws InterruptedIOException if the thread is interrupted
   * @throws IOException if another program holds it for more than about 10 seconds
   */
  static GoIndexLock take(Path index) throws IOException {
    return take(index, LIMIT);
  }

  static GoIndexLock take(Path index, Duration limit) throws IOException {
    Path file = index.resolveSibling(index.getFileName() + ".lock");
    long begin = System.nanoTime();
    Optional<Flock> lock = Flock.attemptIfPossible(file, Flock.Mode.EXCLUSIVE);
    while (lock.isEmpty()) {
      if (System.nanoTime() - begin > limit.toNanos()) {
        throw new IOException("another program keeps " + file + " locked; end it, and solve again");
      }
      pause();
      lock = Flock.attemptIfPossible(file, Flock.Mode.EXCLUSIVE);
    }
    return new GoIndexLock(lock.get(), file);
  }

  private static void pause() throws InterruptedIOException {
    try {
      // Nobody counts down: this is a wait that an interrupt ends.
      var unused = new CountDownLatch(1).await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  @Override
  public void close() {
    try {
      if (held.isHeld()) {
        // Before others can lock it: those who have it open already find out that it is another
        // file.
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("cannot delete the lock file {}: {}", file, e.toString());
    } finally {
      held.close();
    }
  }
}
