/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.buildkit.client.progress.ProgressPrinter;
import dev.buildkit.client.solve.SolveRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Those who follow a build: the user, a trace file, and the figures of the cache. */
final class Observers implements AutoCloseable {
  private final Invocation invocation;
  private final String progress;
  private final Optional<OutputStream> trace;
  private final Optional<OutputStream> metricsOut;
  private final CacheMetrics metrics = new CacheMetrics();

  private Observers(BuildOptions options, Invocation invocation) throws IOException {
    this.invocation = invocation;
    this.progress = options.progress;
    this.trace = openTrace(options.trace);
    this.metricsOut = openMetrics(options.cacheMetrics);
  }

  /** Opens the files, which may fail, before anything is built. */
  static Observers open(BuildOptions options, Invocation invocation) throws IOException {
    Observers observers = new Observers(options, invocation);
    if (observers.trace.isPresent()) {
      invocation.log().info("tracing logs to " + options.trace);
    }
    if (observers.metricsOut.isPresent()) {
      invocation.log().info("writing JSON cache metrics to " + nameOf(options.cacheMetrics));
    }
    return observers;
  }

  private Optional<OutputStream> openTrace(String file) throws IOException {
    return file.isEmpty()
        ? Optional.empty()
        : Optional.of(Files.newOutputStream(
            invocation.surroundings().path(file),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND));
  }

  private Optional<OutputStream> openMetrics(String target) throws IOException {
    return switch (target) {
      case "" -> Optional.empty();
      case "stdout" -> Optional.of(invocation.out());
      case "stderr" -> Optional.of(invocation.shell().err());
      default -> Optional.of(Files.newOutputStream(invocation.surroundings().path(target)));
    };
  }

  private static String nameOf(String target) {
    return target.equals("stdout") || target.equals("stderr") ? "/dev/" + target : target;
  }

  @CanIgnoreReturnValue
  SolveRequest.Builder addTo(SolveRequest.Builder request) {
    request.progress(ProgressMode.of(progress, invocation.shell()));
    trace.map(ProgressPrinter::rawJson).ifPresent(request::progress);
    if (metricsOut.isPresent()) {
      request.progress(metrics);
    }
    return request;
  }

  /** Writes the figures of the cache. */
  void report() throws IOException {
    if (metricsOut.isPresent()) {
      metricsOut.get().write(metrics.report().getBytes(StandardCharsets.UTF_8));
      metricsOut.get().flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (trace.isPresent()) {
      trace.get().close();
    }
    if (metricsOut.isPresent() && !(metricsOut.get() instanceof PrintStream)) {
      metricsOut.get().close();
    }
  }
}
