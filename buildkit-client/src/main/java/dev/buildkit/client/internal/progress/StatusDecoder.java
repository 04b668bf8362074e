/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.progress;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.buildkit.api.ControlProto;
import dev.buildkit.api.OpsProto;
import dev.buildkit.client.error.LineRange;
import dev.buildkit.client.error.SourceLocation;
import dev.buildkit.client.progress.ProgressGroup;
import dev.buildkit.client.progress.SolveStatus;
import dev.buildkit.client.progress.Vertex;
import dev.buildkit.client.progress.VertexLog;
import dev.buildkit.client.progress.VertexStatus;
import dev.buildkit.client.progress.VertexWarning;
import dev.buildkit.llb.Definition;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Turns the status messages of one solve into records.
 *
 * <p>The daemon is not trusted to be well-behaved: text that is not UTF-8, times out of range and
 * values that this client does not know are read as well as they can be, and never fail a solve.
 *
 * <p>Not thread-safe: one decoder reads one stream.
 */
public final class StatusDecoder {
  private static final int STDERR = 2;

  private final Duration clockLead;
  private List<ControlProto.VertexWarning> previousWarnings = List.of();

  /** Makes a decoder that leaves the times as they are: those of the daemon's clock. */
  public StatusDecoder() {
    this(Duration.ZERO);
  }

  /**
   * Makes a decoder that corrects the times.
   *
   * @param clockLead how far the daemon's clock is ahead of this machine's, as {@link ClockLead}
   *     finds out
   */
  public StatusDecoder(Duration clockLead) {
    this.clockLead = clockLead;
  }

  /** Returns the message as a record. */
  public SolveStatus decode(ControlProto.StatusResponse response) {
    return new SolveStatus(
        response.getVertexesList().stream().map(this::vertex).toList(),
        response.getStatusesList().stream().map(this::status).toList(),
        response.getLogsList().stream().map(this::log).toList(),
        newWarnings(response).stream().map(StatusDecoder::warning).toList());
  }

  /**
   * Returns the warnings that the message before did not have.
   *
   * <p>A report with much output comes in several messages. All but the first have logs only, and
   * the warnings over again.
   */
  private List<ControlProto.VertexWarning> newWarnings(ControlProto.StatusResponse response) {
    List<ControlProto.VertexWarning> warnings = response.getWarningsList();
    boolean repeated = warnings.equals(previousWarnings)
        && response.getVertexesCount() == 0
        && response.getStatusesCount() == 0
        && response.getLogsCount() > 0;
    previousWarnings = warnings;
    return repeated ? List.of() : warnings;
  }

  private Vertex vertex(ControlProto.Vertex vertex) {
    return new Vertex(
        vertex.getDigest(),
        vertex.getInputsList(),
        vertex.getName().toStringUtf8(),
        time(vertex.getStarted()),
        time(vertex.getCompleted()),
        vertex.getCached(),
        nonEmpty(vertex.getError().toStringUtf8()),
        vertex.hasProgressGroup() ? Optional.of(group(vertex)) : Optional.empty());
  }

  private static ProgressGroup group(ControlProto.Vertex vertex) {
    OpsProto.ProgressGroup group = vertex.getProgressGroup();
    return new ProgressGroup(group.getId(), group.getName(), group.getWeak());
  }

  private VertexStatus status(ControlProto.VertexStatus status) {
    return new VertexStatus(
        status.getID().toStringUtf8(),
        status.getVertex(),
        status.getName().toStringUtf8(),
        status.getCurrent(),
        status.getTotal(),
        instant(status.getTimestamp()),
        time(status.getStarted()),
        time(status.getCompleted()));
  }

  private VertexLog log(ControlProto.VertexLog log) {
    return new VertexLog(
        log.getVertex(),
        log.getStream() == STDERR ? VertexLog.Stream.STDERR : VertexLog.Stream.STDOUT,
        log.getMsg().asReadOnlyByteBuffer(),
        instant(log.getTimestamp()));
  }

  private static VertexWarning warning(ControlProto.VertexWarning warning) {
    return new VertexWarning(
        warning.getVertex(),
        (int) warning.getLevel(),
        warning.getShort().toStringUtf8(),
        warning.getDetailList().stream().map(ByteString::toStringUtf8).toList(),
        nonEmpty(warning.getUrl()),
        warning.hasInfo() ? Optional.of(source(warning)) : Optional.empty());
  }

  private static SourceLocation source(ControlProto.VertexWarning warning) {
    OpsProto.SourceInfo info = warning.getInfo();
    return new SourceLocation(
        info.getFilename(),
        info.getLanguage(),
        info.getData().toStringUtf8(),
        warning.getRangesList().stream()
            .filter(range -> range.getStart().getLine() > 0)
            .map(StatusDecoder::lines)
            .toList(),
        info.hasDefinition() ? definition(info.getDefinition()) : Optional.empty());
  }

  private static Optional<Definition> definition(OpsProto.Definition definition) {
    try {
      return Optional.of(Definition.parse(definition.toByteArray()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static LineRange lines(OpsProto.Range range) {
    int first = range.getStart().getLine();
    // Without an end it is one line.
    return new LineRange(first, Math.max(first, range.getEnd().getLine()));
  }

  private static Optional<String> nonEmpty(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** Returns no time for an absent one, and for the zero times of protobuf (1970) and Go (1). */
  private Optional<Instant> time(Timestamp time) {
    return time.getSeconds() > 0 ? Optional.of(instant(time)) : Optional.empty();
  }

  private Instant instant(Timestamp time) {
    try {
      return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).minus(clockLead);
    } catch (DateTimeException | ArithmeticException e) {
      return Instant.EPOCH;
    }
  }
}
