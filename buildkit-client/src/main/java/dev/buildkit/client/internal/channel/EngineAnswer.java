/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.internal.json.StrictJson;
import io.netty.handler.codec.http.FullHttpResponse;

/**
 * What a Docker Engine answers to a request.
 *
 * @param status the HTTP status
 * @param reason what HTTP calls the status
 * @param body as text
 */
record EngineAnswer(int status, String reason, String body) {

  private static final int MAX_SHOWN = 300;

  /** In what servers written in Go answer to those who speak without TLS to a port that has it. */
  private static final String TLS_IS_MISSING = "HTTP request to an HTTPS server";

  static EngineAnswer of(FullHttpResponse response) {
    return new EngineAnswer(
        response.status().code(),
        response.status().reasonPhrase(),
        response.content().toString(UTF_8));
  }

  boolean is(int expected) {
    return status == expected;
  }

  /** Returns a text of the JSON object that it is, and an empty one if it has none. */
  String text(String name) {
    try {
      return StrictJson.parse(body).text(name);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Returns what the engine says is wrong: its message, or the beginning of what else it says. */
  String message() {
    String message = text("message");
    String said = (message.isEmpty() ? body : message).strip();
    if (said.isEmpty()) {
      return reason;
    }
    return said.length() <= MAX_SHOWN ? said : said.substring(0, MAX_SHOWN) + "…";
  }

  /** Returns this answer as the failure of something, for which there is no better word. */
  BuildKitException refusal(String attempted) {
    String remedy = body.contains(TLS_IS_MISSING)
        ? " Connect with TLS: set DOCKER_TLS_VERIFY and DOCKER_CERT_PATH, or give the engine's transport TlsOptions."
        : "";
    return failure(attempted + ": the engine answers " + status + ": " + message() + remedy);
  }

  /** Returns this answer as a failure with a message that says it better. */
  BuildKitException failure(String message) {
    return new BuildKitException(code(), message, null);
  }

  private ErrorCode code() {
    return switch (status) {
      case 400 -> ErrorCode.INVALID;
      case 401, 403 -> ErrorCode.DENIED;
      case 404 -> ErrorCode.NOT_FOUND;
      case 405, 501 -> ErrorCode.UNSUPPORTED;
      case 502, 503, 504 -> ErrorCode.UNAVAILABLE;
      default -> ErrorCode.FAILED;
    };
  }
}
