/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import static java.util.Objects.requireNonNull;

import dev.buildkit.client.internal.docker.AuthConfig;

/** What a client has to show to a registry. Immutable; nothing of it is in {@link #toString()}. */
public final class Credentials {
  private final AuthConfig config;

  private Credentials(AuthConfig config) {
    this.config = config;
  }

  /**
   * Returns a user name and a password, or a token that is used as one.
   *
   * @throws IllegalArgumentException if one of them is empty
   */
  public static Credentials password(String username, String password) {
    return new Credentials(AuthConfig.password(
        nonEmpty("user name", username, "username"), nonEmpty("password", password, "password")));
  }

  /**
   * Returns an identity token: it is exchanged at the registry's token server for tokens that are valid for a
   * while, as OAuth 2 does with refresh tokens.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public static Credentials identityToken(String token) {
    return new Credentials(new AuthConfig("", "", nonEmpty("identity token", token, "token"), ""));
  }

  /**
   * Returns a token that the registry itself takes, so that no token server is asked.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public static Credentials registryToken(String token) {
    return new Credentials(new AuthConfig("", "", "", nonEmpty("registry token", token, "token")));
  }

  /** Returns whether the other has the same values. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Credentials credentials && config.equals(credentials.config);
  }

  @Override
  public int hashCode() {
    return config.hashCode();
  }

  @Override
  public String toString() {
    return "Credentials[hidden]";
  }

  AuthConfig config() {
    return config;
  }

  private static String nonEmpty(String what, String value, String name) {
    if (requireNonNull(value, name).isEmpty()) {
      throw new IllegalArgumentException("credentials of a registry: the " + what
          + " is empty; leave the registry out to use it anonymously");
    }
    return value;
  }
}
