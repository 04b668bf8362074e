/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.api.AuthProto.FetchTokenRequest;
import dev.buildkit.api.AuthProto.FetchTokenResponse;
import dev.buildkit.client.internal.docker.AuthConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The server that gives out the tokens of one registry, asked in the way of OAuth 2 and, where it does
 * not know that, in the older way.
 */
final class TokenServer {
  /** What servers answer that know only the older way; some with 401, which may mean it, too. */
  private static final Set<Integer> NOT_KNOWN = Set.of(401, 404, 405);

  private final FetchTokenRequest request;
  private final RetryingClient http;
  private final URI realm;

  /**
   * Creates the server that a request names.
   *
   * @throws IllegalStateException if it has no address that can be asked
   */
  TokenServer(FetchTokenRequest request, RetryingClient http) {
    this.request = request;
    this.http = http;
    this.realm = realm(request);
  }

  static boolean isHttp(URI uri) {
    String scheme = uri.getScheme();
    return uri.getHost() != null
        && ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme));
  }

  /**
   * Returns a new token.
   *
   * @param login may be empty, for what anybody may do
   * @throws IllegalStateException if there is none; the message is fit for users
   */
  FetchTokenResponse fetch(AuthConfig login) {
    if (login.secret().isEmpty()) {
      return token(call(get(Optional.empty())));
    }
    HttpAnswer answer = call(HttpCall.post(realm, form(login)));
    return token(NOT_KNOWN.contains(answer.status()) ? call(get(basic(login))) : answer);
  }

  private HttpAnswer call(HttpCall call) {
    try {
      return http.send(call);
    } catch (SSLHandshakeException e) {
      throw failure(e.getMessage() + "; name its certificate authority with RegistryAuth.tls", e);
    } catch (IOException e) {
      throw failure(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  private String form(AuthConfig login) {
    Query form = new Query();
    if (login.user().isEmpty()) {
      form.add("grant_type", "refresh_token").add("refresh_token", login.secret());
    } else {
      form.add("grant_type", "password")
          .add("username", login.user())
          .add("password", login.secret());
    }
    form.add("service", request.getService()).add("client_id", request.getClientID());
    if (request.getScopesCount() > 0) {
      form.add("scope", String.join(" ", request.getScopesList()));
    }
    return form.toString();
  }

  private HttpCall get(Optional<String> authorization) {
    Query query = new Query();
    if (!request.getService().isEmpty()) {
      query.add("service", request.getService());
    }
    request.getScopesList().forEach(scope -> query.add("scope", scope));
    return HttpCall.get(query.of(realm), authorization);
  }

  private static Optional<String> basic(AuthConfig login) {
    byte[] text = (login.user() + ":" + login.secret()).getBytes(UTF_8);
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(text));
  }

  private FetchTokenResponse token(HttpAnswer answer) {
    if (answer.status() != 200) {
      throw failure("it answers " + answer, null);
    }
    try {
      return TokenAnswer.read(answer.body());
    } catch (IllegalArgumentException e) {
      throw failure("its answer " + e.getMessage(), null);
    }
  }

  private IllegalStateException failure(String wrong, @Nullable Exception cause) {
    return new IllegalStateException(
        "fetch a token for " + request.getHost() + " from " + HttpCall.get(realm, Optional.empty())
            + ": " + wrong,
        cause);
  }

  private static URI realm(FetchTokenRequest request) {
    try {
      URI realm = new URI(request.getRealm());
      if (isHttp(realm)) {
        return realm;
      }
    } catch (URISyntaxException e) {
      // Said below, without what may be a secret in it.
    }
    throw new IllegalStateException("fetch a token for " + request.getHost()
        + ": the registry names no http address of a token server");
  }
}
