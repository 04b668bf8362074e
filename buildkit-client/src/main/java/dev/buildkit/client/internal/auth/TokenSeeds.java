/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import dev.buildkit.client.internal.docker.AuthConfig;

/**
 * Secrets of this client that go into the keys of {@link TokenAuthority}. The daemon picks the salt of
 * a key; with nothing but that it could choose what is signed with.
 */
@FunctionalInterface
public interface TokenSeeds {
  /** The length of a seed in bytes. */
  int LENGTH = 16;

  /**
   * Returns the seed for a registry, the same each time.
   *
   * @param host as the daemon names it
   */
  byte[] seed(String host, AuthConfig login);
}
