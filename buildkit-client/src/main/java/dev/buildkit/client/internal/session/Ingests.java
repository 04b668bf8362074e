/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import io.grpc.Status;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The blobs that are on their way into one OCI layout, each under a name of the daemon's. Thread-safe. */
final class Ingests {
  private final OciLayout layout;
  private final Optional<CacheLock> lock;
  private final Set<String> refs = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

  /**
   * Creates the transfers into a layout.
   *
   * @param lock shared before the first blob, and also before the daemon learns that there is one already
   */
  Ingests(OciLayout layout, Optional<CacheLock> lock) {
    this.layout = layout;
    this.lock = lock;
  }

  /**
   * Begins a blob; nothing of it is kept from an earlier attempt.
   *
   * @param ref what the daemon calls the transfer, of which there is one at a time
   * @param expected the digest, if it is known already
   */
  Ingest begin(String ref, String expected) throws IOException {
    if (ref.isEmpty()) {
      throw Status.INVALID_ARGUMENT.withDescription("a write has no ref").asRuntimeException();
    }
    if (lock.isPresent()) {
      lock.get().share();
    }
    requireNew(expected);
    if (!refs.add(ref)) {
      // The daemon comes again.
      throw Status.UNAVAILABLE
          .withDescription("another transfer writes " + ref)
          .asRuntimeException();
    }
    try {
      return new Ingest(layout, expected, () -> refs.remove(ref));
    } catch (IOException | RuntimeException e) {
      refs.remove(ref);
      throw e;
    }
  }

  /** Notes that this side could not store a blob, and returns what to say of it. */
  IOException failed(IOException cause) {
    IOException problem = new IOException("cannot write to " + layout + ": " + cause, cause);
    failure.compareAndSet(null, problem);
    return problem;
  }

  /** Returns the first failure of this side. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure.get());
  }

  private void requireNew(String digest) throws IOException {
    if (!digest.isEmpty() && layout.has(digest)) {
      throw Ingest.alreadyThere(digest);
    }
  }
}
