/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.error;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A solve that the daemon could not finish.
 *
 * <p>How much is known depends on the failure and on the daemon: Docker Engine 20.10 sends nothing
 * but a text. The message reads like the output of {@code buildctl}: the error, the failing lines of
 * the Dockerfile, the last output of the failed step.
 *
 * <pre>{@code
 * failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 2
 * Dockerfile:2
 * --------------------
 *    1 |     FROM alpine:3.22
 *    2 | >>> RUN make
 * --------------------
 * ------
 *  > [2/2] RUN make:
 * make: *** No targets specified and no makefile found.  Stop.
 * ------
 * }</pre>
 */
public final class SolveException extends BuildKitException {
  private static final long serialVersionUID = 1L;

  private final String summary;
  private final Optional<String> vertexDigest;
  private final Optional<String> vertexName;
  private final OptionalInt exitCode;
  private final List<String> notes;
  private final List<SourceLocation> sources;
  private final List<String> logTail;
  private final List<ErrorDetail> details;

  private SolveException(Builder builder) {
    super(builder.code, FailureText.of(builder), builder.cause);
    this.summary = builder.summary;
    this.vertexDigest = Optional.ofNullable(builder.vertexDigest);
    this.vertexName = Optional.ofNullable(builder.vertexName);
    this.exitCode = builder.exitCode;
    this.notes = List.copyOf(builder.notes);
    this.sources = List.copyOf(builder.sources);
    this.logTail = List.copyOf(builder.logTail);
    this.details = List.copyOf(builder.details);
  }

  /**
   * Starts a failure. The client makes these; the builder is public for tests of code that handles
   * them.
   *
   * @param summary the error alone, with which the message begins
   */
  public static Builder builder(ErrorCode code, String summary) {
    return new Builder(requireNonNull(code, "code"), requireNonNull(summary, "summary"));
  }

  /** Returns the error alone, with which the message begins; mostly it is one line. */
  public String summary() {
    return summary;
  }

  /**
   * Returns the digest of the vertex that failed, as progress reports name it. It is empty if no
   * single vertex failed or the daemon does not say which.
   */
  public Optional<String> vertexDigest() {
    return vertexDigest;
  }

  /** Returns the name of the vertex that failed, such as {@code [2/3] RUN make}. */
  public Optional<String> vertexName() {
    return vertexName;
  }

  /**
   * Returns the exit code of the command that failed. It is empty if it was not a command that
   * failed; 255 also stands for a command that could not be started.
   */
  public OptionalInt exitCode() {
    return exitCode;
  }

  /**
   * Returns what explains the error, a line each, such as the reasons of a source policy that denied
   * an image, or what to do about a registry that wants other credentials.
   */
  public List<String> notes() {
    return notes;
  }

  /** Returns the lines of Dockerfiles or other sources that the failed vertex was made from. */
  public List<SourceLocation> sources() {
    return sources;
  }

  /** Returns the last lines that the failed vertex wrote, oldest first, without line breaks. */
  public List<String> logTail() {
    return logTail;
  }

  /** Returns all that the daemon attached to the error, in its order, call stacks included. */
  public List<ErrorDetail> details() {
    return details;
  }

  /** Returns a builder that holds all of this failure, its cause included. */
  public Builder toBuilder() {
    Builder copy = new Builder(code(), summary);
    copy.cause = getCause();
    copy.vertexDigest = vertexDigest.orElse(null);
    copy.vertexName = vertexName.orElse(null);
    copy.exitCode = exitCode;
    copy.notes.addAll(notes);
    copy.sources.addAll(sources);
    copy.logTail.addAll(logTail);
    copy.details.addAll(details);
    return copy;
  }

  /** Gathers what is known about a failed solve. All of it is optional. */
  public static final class Builder {
    final String summary;
    final List<String> notes = new ArrayList<>();
    final List<SourceLocation> sources = new ArrayList<>();
    final List<String> logTail = new ArrayList<>();
    final List<ErrorDetail> details = new ArrayList<>();
    ErrorCode code;
    OptionalInt exitCode = OptionalInt.empty();

    @Nullable
    String vertexDigest;

    @Nullable
    String vertexName;

    @Nullable
    Throwable cause;

    private Builder(ErrorCode code, String summary) {
      this.code = code;
      this.summary = summary;
    }

    /** Sets what kind of failure it is, in place of what it was before. */
    @CanIgnoreReturnValue
    public Builder code(ErrorCode code) {
      this.code = requireNonNull(code, "code");
      return this;
    }

    /** Sets the digest of the vertex that failed. */
    @CanIgnoreReturnValue
    public Builder vertexDigest(String digest) {
      this.vertexDigest = requireNonNull(digest, "digest");
      return this;
    }

    /** Sets the name of the vertex that failed. */
    @CanIgnoreReturnValue
    public Builder vertexName(String name) {
      this.vertexName = requireNonNull(name, "name");
      return this;
    }

    /** Sets the exit code of the command that failed. */
    @CanIgnoreReturnValue
    public Builder exitCode(int exitCode) {
      this.exitCode = OptionalInt.of(exitCode);
      return this;
    }

    /** Adds a line of explanation. */
    @CanIgnoreReturnValue
    public Builder addNote(String note) {
      notes.add(requireNonNull(note, "note"));
      return this;
    }

    /** Adds a place in a source file. */
    @CanIgnoreReturnValue
    public Builder addSource(SourceLocation source) {
      sources.add(requireNonNull(source, "source"));
      return this;
    }

    /** Sets the last lines that the failed vertex wrote, oldest first, without line breaks. */
    @CanIgnoreReturnValue
    public Builder logTail(List<String> lines) {
      logTail.clear();
      logTail.addAll(List.copyOf(lines));
      return this;
    }

    /** Adds a detail as the daemon sent it. */
    @CanIgnoreReturnValue
    public Builder addDetail(ErrorDetail detail) {
      details.add(requireNonNull(detail, "detail"));
      return this;
    }

    /** Sets what the failure was made from. */
    @CanIgnoreReturnValue
    public Builder cause(Throwable cause) {
      this.cause = requireNonNull(cause, "cause");
      return this;
    }

    /** Returns the exception, which is not thrown yet. */
    public SolveException build() {
      return new SolveException(this);
    }
  }
}
