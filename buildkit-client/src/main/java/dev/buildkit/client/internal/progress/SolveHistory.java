/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.progress;

import dev.buildkit.client.progress.SolveStatus;
import dev.buildkit.client.progress.Vertex;
import dev.buildkit.client.progress.VertexLog;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an error of a solve quotes from the reports before it: the names and the last output of the
 * vertexes that run or failed.
 *
 * <p>Bounded: output of a vertex that succeeded is forgotten, lines are clipped, and beyond some
 * thousand vertexes the oldest names go.
 *
 * <p>Thread-safe: reports are added on one thread while the failing solve asks on another.
 */
public final class SolveHistory {
  private static final int MAX_NAMES = 10_000;

  private final Object lock = new Object();
  private final int maxLines;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, LogTail> tails = new HashMap<>();

  private @Nullable Vertex failed;

  /** Makes an empty history that keeps this many lines of output for each vertex. */
  public SolveHistory(int maxLines) {
    this.maxLines = maxLines;
  }

  /** Adds the next report. */
  public void add(SolveStatus status) {
    synchronized (lock) {
      status.vertexes().forEach(this::begin);
      for (VertexLog log : status.logs()) {
        LogTail tail = tails.get(log.vertex());
        if (tail != null) {
          tail.add(log.data());
        }
      }
      status.vertexes().forEach(this::end);
    }
  }

  /** Returns the name of the vertex with this digest, if it was reported. */
  public Optional<String> name(String digest) {
    synchronized (lock) {
      return Optional.ofNullable(names.get(digest));
    }
  }

  /** Returns the last lines that the vertex with this digest wrote, oldest first. */
  public List<String> logTail(String digest) {
    synchronized (lock) {
      LogTail tail = tails.get(digest);
      return tail == null ? List.of() : tail.lines();
    }
  }

  /**
   * Returns the digest of the vertex that a failure of the solve is about; for daemons before 0.10, which do not say.
   *
   * @param message of the failure, which repeats that of the vertex
   */
  public Optional<String> failed(String message) {
    synchronized (lock) {
      return Optional.ofNullable(failed)
          .filter(vertex -> vertex.error().filter(message::contains).isPresent())
          .map(Vertex::digest);
    }
  }

  private void begin(Vertex vertex) {
    names.put(vertex.digest(), vertex.name());
    if (names.size() > MAX_NAMES) {
      names.keySet().remove(names.keySet().iterator().next());
    }
    if (vertex.started().isPresent()) {
      tails.computeIfAbsent(vertex.digest(), digest -> new LogTail(maxLines));
    }
  }

  private void end(Vertex vertex) {
    if (vertex.failed() && failed == null) {
      failed = vertex;
    }
    if (vertex.completed().isPresent() && vertex.error().isEmpty()) {
      tails.remove(vertex.digest());
    }
  }
}
