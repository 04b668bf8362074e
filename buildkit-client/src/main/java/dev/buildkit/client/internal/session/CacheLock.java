/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock of a local cache, which Go's client has since BuildKit 0.34. Whoever adds to the cache shares it from the first blob until
 * the index names the cache, and only who has it alone removes blobs that the index does not lead to. Thread-safe.
 */
public final class CacheLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CacheLock.class);

  /** As long as in Go. Someone removes blobs meanwhile, which is soon over. */
  private static final long RETRY_MILLIS = 100;

  private final Path file;
  private final CountDownLatch closed = new CountDownLatch(1);
  // Also keeps others from writing while one waits.
  private final Object turn = new Object();
  private boolean taken;
  private @Nullable Flock held;

  /** Returns the lock of the cache in a directory; nobody has it yet. */
  static CacheLock of(Path directory) {
    return new CacheLock(directory.resolve("cache.lock"));
  }

  private CacheLock(Path file) {
    this.file = file;
  }

  /**
   * Shares the lock until this is closed, unless that was done already. Where there is no {@code flock}, nobody is kept from removing
   * blobs, and {@link OciLayout#putComplete} finds out.
   *
   * @throws IOException if this is closed, or the thread is interrupted
   */
  void share() throws IOException {
    synchronized (turn) {
      while (!taken) {
        if (closed.getCount() == 0) {
          throw new IOException("the solve is over");
        }
        taken = attempt() || waits();
      }
    }
  }

  private boolean attempt() throws IOException {
    try {
      Optional<Flock> lock = Flock.attempt(file, Flock.Mode.SHARED);
      lock.ifPresent(it -> held = it);
      return lock.isPresent();
    } catch (NoFlockException e) {
      LOG.debug("no lock on {}: {}", file, e.getMessage());
      return true;
    }
  }

  private boolean waits() throws IOException {
    try {
      var unused = closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * Does something while nobody adds to the cache; call it when this is closed.
   *
   * @throws IOException if somebody does, or that cannot be known; the message says so
   */
  public void alone(Action action) throws IOException {
    Flock lock = take();
    try {
      action.run();
    } finally {
      lock.close();
    }
  }

  private Flock take() throws IOException {
    try {
      return Flock.attempt(file, Flock.Mode.EXCLUSIVE)
          .orElseThrow(() -> new IOException("others use it"));
    } catch (NoFlockException e) {
      throw new IOException(
          "others may use it, as " + file.getFileName() + " cannot be locked: " + e.getMessage()
              + "; install flock (util-linux or BusyBox)",
          e);
    }
  }

  /** Gives the lock up for good; a waiting {@link #share} fails. */
  @Override
  public void close() {
    closed.countDown();
    synchronized (turn) {
      if (held != null) {
        held.close();
        held = null;
      }
      taken = false;
    }
  }

  /** Something that may fail. */
  @FunctionalInterface
  public interface Action {
    /** Does it. */
    void run() throws IOException;
  }
}
