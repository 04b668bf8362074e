/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.grpc;

import com.google.protobuf.Any;
import dev.buildkit.client.error.ErrorDetail;
import dev.buildkit.client.error.LineRange;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.error.SourceLocation;
import dev.buildkit.client.internal.json.LenientJson;
import java.util.List;

/**
 * Reads what BuildKit attaches to errors: JSON texts under type URLs of its own, not the protobuf
 * messages that an {@code Any} usually holds. Each detail is kept as it came; those that say
 * something beyond the error's text are understood as well. Nothing that a daemon sends is an error
 * here.
 */
final class DetailReader {
  private static final String PREFIX = "github.com/moby/buildkit/";
  private static final String STACK = PREFIX + "stack.Stack+json";

  private final SolveException.Builder failure;

  DetailReader(SolveException.Builder failure) {
    this.failure = failure;
  }

  /** Returns whether details say more than where in the daemon's code the error arose. */
  static boolean tell(List<Any> details) {
    return details.stream().anyMatch(detail -> !detail.getTypeUrl().equals(STACK));
  }

  void read(Any any) {
    ErrorDetail detail = ErrorDetail.of(any.getTypeUrl(), any.getValue().toByteArray());
    failure.addDetail(detail);
    if (!detail.type().startsWith(PREFIX)) {
      return;
    }
    switch (detail.type().substring(PREFIX.length())) {
      case "errdefs.Vertex+json" -> readVertex(LenientJson.parse(detail.text()));
      case "errdefs.Source+json" -> readSource(LenientJson.parse(detail.text()));
      case "gatewayapi.ExitMessage+json" -> readExit(LenientJson.parse(detail.text()));
      case "errdefs.Frontend+json" -> readFrontend(LenientJson.parse(detail.text()));
      case "policysession.DecisionResponse+json" -> readDecision(LenientJson.parse(detail.text()));
      default -> {} // Call stacks, and kinds that only repeat what the error's text says.
    }
  }

  private void readVertex(LenientJson vertex) {
    String digest = vertex.text("digest");
    if (!digest.isEmpty()) {
      failure.vertexDigest(digest);
    }
  }

  private void readExit(LenientJson exit) {
    if (exit.isObject()) {
      // Windows' codes use all 32 bits; as an int they read as they do in its own tools.
      failure.exitCode((int) exit.number("Code"));
    }
  }

  private void readSource(LenientJson source) {
    LenientJson info = source.at("info");
    if (info.isObject()) {
      failure.addSource(new SourceLocation(
          info.text("filename"),
          info.text("language"),
          info.textInBase64("data"),
          source.list("ranges").stream()
              .filter(range -> line(range, "start") > 0)
              .map(DetailReader::lines)
              .toList()));
    }
  }

  private static LineRange lines(LenientJson range) {
    int first = line(range, "start");
    // Without an end it is one line.
    return new LineRange(first, Math.max(first, line(range, "end")));
  }

  private static int line(LenientJson range, String end) {
    return (int) Math.max(0, Math.min(range.at(end).number("line"), Integer.MAX_VALUE));
  }

  private void readFrontend(LenientJson frontend) {
    String image = frontend.text("source");
    if (!image.isEmpty()) {
      failure.addNote("in frontend " + image);
    }
  }

  private void readDecision(LenientJson decision) {
    for (LenientJson denial : decision.list("denyMessages")) {
      failure.addNote("denied by policy: " + denial.text("message"));
    }
  }
}
