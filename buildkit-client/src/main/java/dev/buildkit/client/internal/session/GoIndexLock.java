/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock that Go's client takes before it changes an index, so that neither loses what the other one adds. It is a file beside the
 * index, which goes with the lock.
 */
record GoIndexLock(Optional<Flock> held, Path file) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GoIndexLock.class);

  private static final long RETRY_MILLIS = 20;

  /** Far longer than anybody needs to write an index. Go's client does not wait at all, and fails. */
  private static final int ATTEMPTS = 500;

  /**
   * Takes the lock, or none where there is no {@code flock}.
   *
   * @throws IOException if another program keeps it for long
   */
  static GoIndexLock take(Path index) throws IOException {
    Path file = index.resolveSibling(index.getFileName() + ".lock");
    try {
      for (int i = 0; i < ATTEMPTS; i++) {
        Optional<Flock> lock = Flock.attempt(file, Flock.Mode.EXCLUSIVE);
        if (lock.isPresent()) {
          return new GoIndexLock(lock, file);
        }
        pause();
      }
    } catch (NoFlockException e) {
      LOG.debug("no lock on {}: {}", file, e.getMessage());
      return new GoIndexLock(Optional.empty(), file);
    }
    throw new IOException("another program keeps " + file + " locked; end it, and solve again");
  }

  private static void pause() throws IOException {
    try {
      // Nobody counts down: this is a wait that an interrupt ends.
      var unused = new CountDownLatch(1).await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (held.isPresent()) {
      // Before others can lock it: who has it open already finds out that it is another file.
      Files.deleteIfExists(file);
      held.get().close();
    }
  }
}
