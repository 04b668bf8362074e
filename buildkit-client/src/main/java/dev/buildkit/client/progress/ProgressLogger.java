/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener that writes the progress of a solve to a logger of slf4j.
 *
 * <p>Steps that start, and how they end, are logged at the level info, or error if they failed;
 * warnings at warn, with the lines that they are about; and the output of commands, line by line
 * and without colours, at debug. Each message begins with the name of the step.
 *
 * <p>A logger follows one solve at a time, and after its end may follow another. Give solves that
 * run at once a logger each. Thread-safe.
 *
 * <pre>{@code
 * SolveRequest request = SolveRequest.definition(definition)
 *     .progress(ProgressLogger.of("com.example.images"))
 *     .build();
 * }</pre>
 */
public final class ProgressLogger implements ProgressListener {
  private final Logger logger;
  private final boolean outputAtInfo;
  private final Object lock = new Object();
  private final Map<String, Vertex> vertexes = new HashMap<>();
  private final Map<String, Instant> ends = new HashMap<>();
  private final Map<String, OutputLines> outputs = new HashMap<>();

  private ProgressLogger(Logger logger, boolean outputAtInfo) {
    this.logger = logger;
    this.outputAtInfo = outputAtInfo;
  }

  /**
   * Returns a listener that writes to the logger of this name.
   *
   * @param name as {@code LoggerFactory.getLogger} takes it
   */
  public static ProgressLogger of(String name) {
    return new ProgressLogger(LoggerFactory.getLogger(requireNonNull(name, "name")), false);
  }

  /** Returns a listener that writes the output of commands at the level info. */
  public ProgressLogger outputAtInfo() {
    return new ProgressLogger(logger, true);
  }

  @Override
  public void update(SolveStatus status) {
    requireNonNull(status, "status");
    synchronized (lock) {
      status.vertexes().forEach(this::start);
      status.logs().forEach(this::log);
      status.warnings().forEach(this::warn);
      status.vertexes().forEach(this::end);
    }
  }

  @Override
  public void completed() {
    synchronized (lock) {
      outputs.values().forEach(OutputLines::end);
      outputs.clear();
      vertexes.clear();
      ends.clear();
    }
  }

  private void start(Vertex vertex) {
    Vertex before = vertexes.put(vertex.digest(), vertex);
    boolean starts = vertex.started().isPresent() && vertex.completed().isEmpty();
    boolean known = before != null && before.started().equals(vertex.started());
    if (starts && !known) {
      logger.info("{}", name(vertex.digest()));
    }
  }

  private void log(VertexLog log) {
    outputs.computeIfAbsent(log.vertex(), this::output).add(log.data());
  }

  private OutputLines output(String digest) {
    String name = name(digest);
    return new OutputLines(line -> {
      if (outputAtInfo) {
        logger.info("{}: {}", name, line);
      } else {
        logger.debug("{}: {}", name, line);
      }
    });
  }

  private void warn(VertexWarning warning) {
    String excerpt = warning.source().map(source -> "\n" + source.excerpt()).orElse("");
    String message = Columns.oneLine(warning.message());
    logger.warn("{}: {}{}", name(warning.vertex()), message, excerpt);
  }

  private void end(Vertex vertex) {
    Optional<Instant> end = vertex.completed();
    if (end.isEmpty() || end.get().equals(ends.put(vertex.digest(), end.get()))) {
      return;
    }
    OutputLines output = outputs.remove(vertex.digest());
    if (output != null) {
      output.end();
    }
    if (vertex.failed()) {
      logger.error("{}: ERROR: {}", name(vertex.digest()), vertex.error().orElseThrow());
    } else {
      logger.info("{}: {}", name(vertex.digest()), outcome(vertex));
    }
  }

  private static String outcome(Vertex vertex) {
    if (vertex.canceled()) {
      return "CANCELED";
    }
    Interval run =
        new Interval(vertex.started().or(vertex::completed).orElseThrow(), vertex.completed());
    return vertex.cached() ? "CACHED" : "DONE " + Figures.seconds(run.length(), 1) + "s";
  }

  /** Returns a name that cannot be taken for the next message of the log. */
  private String name(String digest) {
    Vertex vertex = vertexes.get(digest);
    return Columns.oneLine(vertex == null ? digest : vertex.name());
  }
}
