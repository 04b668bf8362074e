/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a local cache, which Go's client has since BuildKit 0.34. Whoever adds to the cache shares it from the first blob until
 * the index names the cache, and only who has it alone removes blobs that the index does not lead to. Thread-safe.
 */
public final class CacheLock implements AutoCloseable {
  /** As long as in Go. Someone removes blobs meanwhile, which is soon over. */
  private static final long RETRY_MILLIS = 100;

  private final Path file;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicReference<@Nullable Flock> held = new AtomicReference<>();
  // Also keeps others from writing while one waits. Not taken by close, which waits for nobody.
  private final Object turn = new Object();
  private boolean taken;

  /** Returns the lock of the cache in a directory, without taking it. */
  static CacheLock of(Path directory) {
    return new CacheLock(directory.resolve("cache.lock"));
  }

  private CacheLock(Path file) {
    this.file = file;
  }

  /**
   * Shares the lock until this is closed. If there is no {@code flock}, or it fails, nobody is kept from removing blobs, and {@link
   * OciLayout#putComplete} finds out.
   *
   * @throws IOException if this is closed, or the thread is interrupted
   */
  void share() throws IOException {
    synchronized (turn) {
      requireOpen();
      while (!taken) {
        taken = attempt() || waits();
        requireOpen();
      }
    }
  }

  private void requireOpen() throws IOException {
    if (closed.getCount() == 0) {
      throw new IOException("the solve is over");
    }
  }

  private boolean attempt() throws IOException {
    Optional<Flock> lock = Flock.attemptIfPossible(file, Flock.Mode.SHARED);
    lock.ifPresent(it -> {
      held.set(it);
      if (closed.getCount() == 0) {
        release();
      }
    });
    return lock.isPresent();
  }

  private boolean waits() throws IOException {
    try {
      var unused = closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /**
   * Runs an action while nobody adds to the cache; call it when this is closed.
   *
   * @throws IOException if others add to the cache, or that is unknown because the lock cannot be taken; the message says so
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
    Optional<Flock> lock;
    try {
      lock = Flock.attempt(file, Flock.Mode.EXCLUSIVE);
    } catch (NoFlockException e) {
      throw unknown(e.getMessage() + "; install flock (util-linux or BusyBox)", e);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw unknown(String.valueOf(e.getMessage()), e);
    }
    return lock.orElseThrow(() -> new IOException("others use it"));
  }

  private IOException unknown(String reason, IOException cause) {
    return new IOException(
        "others may use it, as " + file.getFileName() + " cannot be locked: " + reason, cause);
  }

  /** Releases the lock for good; a waiting {@link #share} fails. */
  @Override
  public void close() {
    closed.countDown();
    release();
  }

  private void release() {
    Flock lock = held.getAndSet(null);
    if (lock != null) {
      lock.close();
    }
  }

  /** An action that may fail. */
  @FunctionalInterface
  public interface Action {
    /** Runs the action. */
    void run() throws IOException;
  }
}
