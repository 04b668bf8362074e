/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import java.util.Optional;

/** A source of credentials of one's own, such as a vault or a cloud's login. */
@FunctionalInterface
public interface CredentialProvider {
  /**
   * Returns the credentials for a registry; empty if there are none, which is no error.
   *
   * <p>It is called on threads of the client, by several at a time, may block for some 30 seconds, and is
   * called several times in a build: keep what is costly to get. What it throws fails the step that needs
   * the registry, with the message of the exception, in which there should be no secret.
   *
   * @param host the registry's host, with its port if the reference names one; {@code docker.io} for Docker Hub
   */
  Optional<Credentials> credentials(String host);
}
