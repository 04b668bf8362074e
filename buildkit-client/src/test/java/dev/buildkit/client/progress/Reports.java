/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reports as tests need them. Steps are known by one letter; times are in milliseconds. */
final class Reports {
  private Reports() {}

  static SolveStatus started(String step, long start) {
    return of(vertex(step, Optional.of(time(start)), Optional.empty(), Optional.empty()));
  }

  static SolveStatus completed(String step, long start, long stop) {
    return of(vertex(step, Optional.of(time(start)), Optional.of(time(stop)), Optional.empty()));
  }

  static SolveStatus failed(String step, long start, long stop, String error) {
    return of(vertex(step, Optional.of(time(start)), Optional.of(time(stop)), Optional.of(error)));
  }

  static SolveStatus logged(String step, long when, String text) {
    return logged(step, when, text.getBytes(UTF_8));
  }

  static SolveStatus logged(String step, long when, byte[] data) {
    VertexLog log = new VertexLog(step, VertexLog.Stream.STDOUT, ByteBuffer.wrap(data), time(when));
    return new SolveStatus(List.of(), List.of(), List.of(log), List.of());
  }

  static Vertex vertex(
      String step, Optional<Instant> started, Optional<Instant> completed, Optional<String> error) {
    return new Vertex(
        step, List.of(), "step " + step, started, completed, false, error, Optional.empty());
  }

  static Instant time(long millis) {
    return Instant.ofEpochSecond(1_800_000_000).plusMillis(millis);
  }

  private static SolveStatus of(Vertex vertex) {
    return new SolveStatus(List.of(vertex), List.of(), List.of(), List.of());
  }
}
