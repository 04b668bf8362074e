/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A piece of the output that a vertex wrote, as the daemon happened to cut it.
 *
 * <p>Pieces end anywhere: in the middle of a line, and even of a character. Join those of one
 * vertex and stream before looking for lines.
 *
 * @param vertex the digest of the vertex
 * @param stream where the command wrote it
 * @param data the bytes as they were written; each call returns a new read-only view of them
 * @param timestamp when the daemon received it
 */
public record VertexLog(String vertex, Stream stream, ByteBuffer data, Instant timestamp) {

  /** Copies what remains in {@code data}. */
  public VertexLog {
    requireNonNull(vertex, "vertex");
    requireNonNull(stream, "stream");
    data = ByteBuffer.allocate(data.remaining()).put(data.duplicate()).flip().asReadOnlyBuffer();
    requireNonNull(timestamp, "timestamp");
  }

  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }

  /** Returns the bytes as UTF-8 text, with U+FFFD in the place of what is not UTF-8. */
  public String message() {
    return UTF_8.decode(data()).toString();
  }

  /** The two outputs of a command. */
  public enum Stream {
    /** Standard output. */
    STDOUT,
    /** Standard error. */
    STDERR
  }
}
