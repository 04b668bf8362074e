/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.internal.docker.AuthConfig;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Seeds that are gone with this object. They depend on the credentials, so that the daemon never
 * reuses a token for others.
 */
public final class MemoryTokenSeeds implements TokenSeeds {
  private final byte[] root = new byte[32];

  /** Creates seeds that nobody else has. */
  public MemoryTokenSeeds() {
    new SecureRandom().nextBytes(root);
  }

  @Override
  public byte[] seed(String host, AuthConfig login) {
    String text = String.join("\0", host, login.user(), login.secret(), login.registryToken());
    return Arrays.copyOf(Hmac.sha256(root, text.getBytes(UTF_8)), LENGTH);
  }
}
