/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.docker;

/**
 * What a client has to show to one registry. What it does not have is empty.
 *
 * @param identityToken stands for the password, and is exchanged for other tokens
 * @param registryToken is shown to the registry as it is
 */
public record AuthConfig(
    String username, String password, String identityToken, String registryToken) {
  /** Nothing to show. */
  public static final AuthConfig EMPTY = new AuthConfig("", "", "", "");

  /** Returns a user name with its password. */
  public static AuthConfig password(String username, String password) {
    return new AuthConfig(username, password, "", "");
  }

  /** Returns the user name that goes with {@link #secret}: none where that is an identity token. */
  public String user() {
    return identityToken.isEmpty() ? username : "";
  }

  /** Returns the identity token, or the password where there is none. */
  public String secret() {
    return identityToken.isEmpty() ? password : identityToken;
  }

  /** Returns whether there is nothing to show. */
  public boolean isEmpty() {
    return secret().isEmpty() && registryToken.isEmpty();
  }

  AuthConfig registryToken(String token) {
    return new AuthConfig(username, password, identityToken, token);
  }

  /** Returns nothing of the values: some registries take a token for the user name. */
  @Override
  public String toString() {
    return isEmpty() ? "AuthConfig[]" : "AuthConfig[hidden]";
  }
}
