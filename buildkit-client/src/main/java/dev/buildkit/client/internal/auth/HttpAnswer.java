/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import java.util.Set;

/**
 * What a server answered.
 *
 * @param location where a redirect leads; may be empty
 */
record HttpAnswer(int status, String reason, String location, String body) {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** Those after which a POST is a POST again. */
  private static final Set<Integer> REDIRECTS_OF_POST = Set.of(307, 308);

  boolean isRedirect(HttpCall of) {
    return !location.isEmpty()
        && (of.form().isPresent() ? REDIRECTS_OF_POST : REDIRECTS).contains(status);
  }

  boolean isServerError() {
    return status >= 500 && status <= 599;
  }

  @Override
  public String toString() {
    return status + (reason.isEmpty() ? "" : " " + reason);
  }
}
