/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.internal.json.StrictJson;
import java.util.Base64;

/** Reads one entry of {@code auths}. */
final class AuthEntry {
  static AuthConfig read(String key, StrictJson entry) {
    String auth = entry.text("auth");
    AuthConfig login = auth.isEmpty()
        ? AuthConfig.password(entry.text("username"), entry.text("password"))
        : decode(key, auth);
    return new AuthConfig(
        login.username(),
        login.password(),
        entry.text("identitytoken"),
        entry.text("registrytoken"));
  }

  /** Reads {@code user:password} in base64; old versions of Docker filled it up with NULs. */
  static AuthConfig decode(String key, String auth) {
    String login;
    try {
      login = new String(Base64.getDecoder().decode(auth.replaceAll("[\r\n]", "")), UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid(key, "base64");
    }
    int colon = login.indexOf(':');
    if (colon < 1) {
      throw invalid(key, "a user name, a colon and a password in base64");
    }
    String password = login.substring(colon + 1).replaceAll("^\0+|\0+$", "");
    return AuthConfig.password(login.substring(0, colon), password);
  }

  private static IllegalArgumentException invalid(String key, String expected) {
    return new IllegalArgumentException("has an auth for " + key + " that is not " + expected);
  }

  private AuthEntry() {}
}
