/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A request to a token server.
 *
 * @param authorization the header of that name
 * @param form what is posted, in ASCII; a request without is a GET
 */
record HttpCall(URI uri, Optional<String> authorization, Optional<String> form) {
  static HttpCall get(URI uri, Optional<String> authorization) {
    return new HttpCall(uri, authorization, Optional.empty());
  }

  static HttpCall post(URI uri, String form) {
    return new HttpCall(uri, Optional.empty(), Optional.of(form));
  }

  Map<String, String> headers() {
    return authorization.map(value -> Map.of("Authorization", value)).orElse(Map.of());
  }

  /** Returns the call that a redirect asks for; what is secret goes nowhere but to the same server. */
  Optional<HttpCall> redirected(URI location) {
    URI target = uri.resolve(location);
    if (!TokenServer.isHttp(target)) {
      return Optional.empty();
    }
    if (isSameServer(target)) {
      return Optional.of(new HttpCall(target, authorization, form));
    }
    return form.isPresent() ? Optional.empty() : Optional.of(get(target, Optional.empty()));
  }

  private boolean isSameServer(URI other) {
    return uri.getScheme().equalsIgnoreCase(other.getScheme())
        && uri.getHost().equalsIgnoreCase(other.getHost())
        && uri.getPort() == other.getPort();
  }

  /** Returns the address without its query: the scopes in it are no secret, but what a server puts there may be. */
  @Override
  public String toString() {
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
        + uri.getPath();
  }
}
