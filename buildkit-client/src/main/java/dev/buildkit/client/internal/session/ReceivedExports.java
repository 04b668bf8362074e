/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the exporters of one solve send back, from the first byte to its place.
 *
 * <p>{@link FileSendService} fills it while the solve runs. Then {@link #commitAll} or {@link #discardAll} decides about
 * each export once; for what is decided, further calls do nothing. Thread-safe.
 */
public final class ReceivedExports {
  private static final Logger log = LoggerFactory.getLogger(ReceivedExports.class);

  private final Map<String, Export> exports;
  private final Duration writeLimit;
  private final Queue<Export> undecided;
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

  private ReceivedExports(Builder builder) {
    exports = Collections.unmodifiableMap(new LinkedHashMap<>(builder.exports));
    undecided = new ConcurrentLinkedQueue<>(inOrderOfCommits(exports.values()));
    writeLimit = builder.writeLimit;
  }

  /** A rename hardly fails, so those who may well fail go before it: what was there before then stays. */
  private static List<Export> inOrderOfCommits(Collection<Export> exports) {
    return exports.stream().sorted(Comparator.comparing(Export::commitsLast)).toList();
  }

  /** Begins with no exporter. */
  public static Builder builder() {
    return new Builder();
  }

  @Nullable
  Export find(String id) {
    return exports.get(id);
  }

  /** Notes a failure of this side, and returns the status that tells the daemon. */
  Status fail(Export export, Exception cause) {
    IOException problem = export.failure(cause);
    if (export.gate().isOpen()) {
      failure.compareAndSet(null, problem);
    }
    return Status.UNKNOWN.withDescription(problem.getMessage()).withCause(problem);
  }

  /**
   * Returns why this side could not store a result. It is the true cause of a solve that failed, of
   * which the daemon only repeats the text.
   */
  public Optional<IOException> failure() {
    return Optional.ofNullable(failure.get());
  }

  /**
   * Puts all results to their places, in the order of the exporters, but files and directories after all else; for after
   * the solve succeeded. While it runs, {@link #discardAll} may take from it what it has not begun with.
   *
   * @throws IOException if one is not complete, or cannot be put there; it and those that follow are
   *     discarded, those before it stay
   */
  public void commitAll() throws IOException {
    for (Export next = undecided.poll(); next != null; next = undecided.poll()) {
      try {
        commit(next);
      } catch (IOException | RuntimeException e) {
        discardAll();
        throw next.failure(e);
      }
    }
  }

  private void commit(Export export) throws IOException {
    export.gate().shut();
    if (!export.gate().awaitEmpty(writeLimit)) {
      export.gate().whenEmpty(() -> remove(export));
      throw new IOException("the solve ended, but the target still takes bytes");
    }
    export.commit();
  }

  /**
   * Removes what was received; for after the solve failed or was cancelled. Returns when it is gone. Only where a target
   * blocks for longer than a write may take, it is removed when the target lets go.
   */
  public void discardAll() {
    for (Export next = undecided.poll(); next != null; next = undecided.poll()) {
      discard(next);
    }
  }

  private void discard(Export export) {
    export.gate().shut();
    export.unblock();
    if (export.gate().awaitEmpty(writeLimit)) {
      remove(export);
    } else {
      log.warn("cannot clean up after the {} yet: its target blocks", export);
      export.gate().whenEmpty(() -> remove(export));
    }
  }

  private static void remove(Export export) {
    try {
      export.discard();
    } catch (RuntimeException e) {
      log.warn("cannot clean up after the {}", export, e);
    }
  }

  /** The exporters of one solve, each under its index in the request. */
  public static final class Builder {
    private final Map<String, Export> exports = new LinkedHashMap<>();
    private Duration writeLimit = Duration.ofSeconds(5);

    private Builder() {}

    /**
     * Adds an exporter whose result is a directory.
     *
     * @param mirror whether to delete what is in the directory and not in the result
     */
    @CanIgnoreReturnValue
    public Builder addDirectory(int id, Path destination, boolean mirror) {
      return add(id, new DirectoryExport(requireNonNull(destination, "destination"), mirror));
    }

    /**
     * Adds an exporter whose result is a stream of bytes.
     *
     * @param destination names the sink in messages
     */
    @CanIgnoreReturnValue
    public Builder addBytes(int id, String destination, ByteSink sink) {
      return add(id, new ByteExport(destination, requireNonNull(sink, "sink")));
    }

    private Builder add(int id, Export export) {
      if (exports.put(Integer.toString(id), export) != null) {
        throw new IllegalArgumentException("exporter " + id + " is given twice");
      }
      return this;
    }

    /** Sets how long one write may take; only a target of the caller can reach the default, 5 seconds. */
    @CanIgnoreReturnValue
    Builder writeLimit(Duration limit) {
      writeLimit = limit;
      return this;
    }

    /** Returns the exporters, ready to receive. */
    public ReceivedExports build() {
      return new ReceivedExports(this);
    }
  }
}
