/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import dev.buildkit.api.AuthProto.FetchTokenResponse;
import dev.buildkit.client.internal.json.StrictJson;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Reads what token servers answer; the two ways of asking have different names for the token. */
final class TokenAnswer {
  private static final long DEFAULT_SECONDS = 60;

  private TokenAnswer() {}

  /**
   * Reads an answer.
   *
   * @throws IllegalArgumentException if it has no token; the message does not quote it
   */
  static FetchTokenResponse read(String body) {
    StrictJson answer = StrictJson.parse(body);
    String token = answer.text("access_token");
    if (token.isEmpty()) {
      token = answer.text("token");
    }
    if (token.isEmpty()) {
      throw new IllegalArgumentException("has no token");
    }
    return response(token)
        .setIssuedAt(seconds(answer.text("issued_at")))
        .setExpiresIn(answer.number("expires_in").filter(s -> s != 0).orElse(DEFAULT_SECONDS))
        .build();
  }

  /** Returns the answer of a server for a token that needs none. */
  static FetchTokenResponse of(String token) {
    return response(token).build();
  }

  private static FetchTokenResponse.Builder response(String token) {
    return FetchTokenResponse.newBuilder().setToken(token).setExpiresIn(DEFAULT_SECONDS);
  }

  /** A time that cannot be read is as good as none: the daemon then takes its own. */
  private static long seconds(String time) {
    try {
      return time.isEmpty() ? 0 : OffsetDateTime.parse(time).toEpochSecond();
    } catch (DateTimeException e) {
      return 0;
    }
  }
}
